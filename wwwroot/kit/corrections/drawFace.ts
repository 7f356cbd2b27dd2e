import { create } from "../elements.ts";

/** A square grey picture, given as its pixels in base64. */
export function drawFace(pixels: string): HTMLCanvasElement {
  const canvas = create("canvas");
  const { side, rgba } = fromGrey(pixels);
  canvas.width = canvas.height = side;
  canvas.getContext("2d")?.putImageData(new ImageData(rgba, side), 0, 0);
  return canvas;
}

/** The same as a canvas takes it: red, green, blue and opacity of each pixel. */
export function fromGrey(pixels: string): { readonly side: number; readonly rgba: Uint8ClampedArray<ArrayBuffer> } {
  const grey = atob(pixels);
  const side = Math.floor(Math.sqrt(grey.length));
  const rgba = new Uint8ClampedArray(4 * side * side);
  for (let i = 0; i < side * side; i++) {
    const value = grey.charCodeAt(i);
    rgba.set([value, value, value, 255], 4 * i);
  }
  return { side, rgba };
}
