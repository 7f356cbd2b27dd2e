import type { FrameQuality } from "./adaptivePace.ts";
import { encodedSize } from "./frameSize.ts";
import { sizeOf } from "./frameSource.ts";

export interface EncodedFrame {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
}

type EncoderCanvas = OffscreenCanvas | HTMLCanvasElement;

/** Encodes a source's picture as a JPEG, with one canvas that is reused. */
export class FrameEncoder {
  readonly #canvas: EncoderCanvas = createCanvas();
  readonly #context = contextOf(this.#canvas);

  /** Draws synchronously, so that the frame is of this moment, then compresses; undefined if there is no picture yet. */
  async encode(element: HTMLVideoElement | HTMLCanvasElement, quality: FrameQuality, maxSide: number): Promise<EncodedFrame | undefined> {
    const natural = sizeOf(element);
    if (natural.width === 0 || natural.height === 0) return undefined;
    const { width, height } = encodedSize(natural.width, natural.height, Math.min(quality.longSide, maxSide));
    // Setting a size reallocates the canvas, so only if it differs.
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    this.#context.drawImage(element, 0, 0, width, height);
    const blob = await compress(this.#canvas, quality.jpegQuality);
    return { jpeg: new Uint8Array(await blob.arrayBuffer()), width, height };
  }
}

function createCanvas(): EncoderCanvas {
  // Safari before 16.4 has no OffscreenCanvas with a 2D context.
  return typeof OffscreenCanvas === "undefined" ? document.createElement("canvas") : new OffscreenCanvas(2, 2);
}

function contextOf(canvas: EncoderCanvas): CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D {
  // willReadFrequently keeps the pixels in main memory, where the JPEG encoder needs them.
  const options = { alpha: false, willReadFrequently: true };
  const context = canvas.getContext("2d", options) as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null;
  if (!context) throw new Error("This browser gives no 2D canvas.");
  return context;
}

async function compress(canvas: EncoderCanvas, quality: number): Promise<Blob> {
  if (!(canvas instanceof HTMLCanvasElement)) return canvas.convertToBlob({ type: "image/jpeg", quality });
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The canvas gave no picture."))), "image/jpeg", quality);
  });
}
