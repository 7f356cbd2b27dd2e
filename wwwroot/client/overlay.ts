import { BoxSmoother } from "./boxSmoother.ts";
import type { FaceReading } from "./contracts.ts";
import { drawFaces, type OverlayStyle } from "./drawFaces.ts";
import { fitCanvas } from "./fitCanvas.ts";
import { pageTime } from "./freshness.ts";
import { HeatmapPainter } from "./heatmap.ts";

/** Draws the newest answer over a video on a transparent canvas, at the display's rate and resolution. */
export class Overlay {
  readonly #smoother = new BoxSmoother();
  readonly #heatmaps = new HeatmapPainter();
  #frame = 0;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly style: () => OverlayStyle,
  ) {}

  /** Shows an answer. It fades half a second after `capturedAt`, by default now, and disappears after two seconds. */
  show({ faces, capturedAt = pageTime() }: { readonly faces: readonly FaceReading[]; readonly capturedAt?: number }): void {
    this.#smoother.update(faces, capturedAt);
  }

  start(): void {
    cancelAnimationFrame(this.#frame);
    const draw = () => {
      this.#draw();
      this.#frame = requestAnimationFrame(draw);
    };
    this.#frame = requestAnimationFrame(draw);
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#smoother.clear();
    this.canvas.getContext("2d")?.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  /** Draws the current overlay onto another canvas, for a snapshot. */
  drawOnto(context: CanvasRenderingContext2D, width: number, height: number): void {
    drawFaces(context, this.#smoother.step(pageTime()), { width, height }, this.style(), this.#heatmaps);
  }

  #draw(): void {
    const drawing = fitCanvas(this.canvas);
    if (drawing) drawFaces(drawing.context, this.#smoother.step(pageTime()), drawing.size, this.style(), this.#heatmaps);
  }
}
