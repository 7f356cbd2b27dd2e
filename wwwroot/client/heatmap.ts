const side = 6;

/** Paints a face's 6 x 6 map over its square crop, smoothly enlarged: transparent for 0, red for 1. */
export class HeatmapPainter {
  readonly #canvas = document.createElement("canvas");
  readonly #context: CanvasRenderingContext2D | null;
  readonly #pixels: ImageData | undefined;

  constructor() {
    this.#canvas.width = side;
    this.#canvas.height = side;
    this.#context = this.#canvas.getContext("2d");
    this.#pixels = this.#context?.createImageData(side, side);
  }

  paint(target: CanvasRenderingContext2D, heatmap: readonly number[], x: number, y: number, size: number): void {
    if (!this.#context || !this.#pixels) return;
    const data = this.#pixels.data;
    for (let i = 0; i < side * side; i++) {
      const heat = Math.min(1, Math.max(0, heatmap[i] ?? 0));
      data[i * 4] = 255;
      data[i * 4 + 1] = 200 * (1 - heat);
      data[i * 4 + 2] = 40;
      data[i * 4 + 3] = 190 * heat;
    }
    this.#context.putImageData(this.#pixels, 0, 0);
    target.imageSmoothingEnabled = true;
    target.imageSmoothingQuality = "high";
    target.drawImage(this.#canvas, x, y, size, size);
  }
}
