import { create } from "../elements.ts";

/** Draws a square grayscale picture from its pixels in base64. */
export function drawFace(pixels: string): HTMLCanvasElement {
  const canvas = create("canvas");
  const { side, rgba } = fromGray(pixels);
  canvas.width = canvas.height = side;
  canvas.getContext("2d")?.putImageData(new ImageData(rgba, side), 0, 0);
  return canvas;
}

/** The same pixels as RGBA, for a canvas. */
export function fromGray(pixels: string): { readonly side: number; readonly rgba: Uint8ClampedArray<ArrayBuffer> } {
  const gray = atob(pixels);
  const side = Math.floor(Math.sqrt(gray.length));
  const rgba = new Uint8ClampedArray(4 * side * side);
  for (let i = 0; i < side * side; i++) {
    const value = gray.charCodeAt(i);
    rgba.set([value, value, value, 255], 4 * i);
  }
  return { side, rgba };
}
