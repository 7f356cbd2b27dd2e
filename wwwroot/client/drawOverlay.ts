import { emotionLabels, type FaceReading } from "./contracts.ts";
import { drawFaces, type OverlayStyle } from "./drawFaces.ts";
import { fitCanvas } from "./fitCanvas.ts";
import { HeatmapPainter } from "./heatmap.ts";

const plain: OverlayStyle = {
  mirrored: false,
  bars: true,
  heatmap: false,
  caption: ({ reading }) => (reading.unclear ? "unclear" : `appears ${reading.dominant} ${Math.round(100 * Math.max(...reading.emotions))}%`),
  barName: (index) => emotionLabels[index] ?? "",
};

let heatmaps: HeatmapPainter | undefined;

/**
 * Draws one answer on a canvas that lies over the picture and has its shape; anything the style leaves out is as in the example.
 * For boxes that glide from answer to answer at the display's rate, use an `Overlay`.
 */
export function drawOverlay(canvas: HTMLCanvasElement, { faces }: { readonly faces: readonly FaceReading[] }, style: Partial<OverlayStyle> = {}): void {
  const drawing = fitCanvas(canvas);
  if (!drawing) return;
  const drawn = faces.map((reading) => ({ reading, box: reading.box, emotions: reading.emotions, opacity: 1 }));
  heatmaps ??= new HeatmapPainter();
  drawFaces(drawing.context, drawn, drawing.size, { ...plain, ...style }, heatmaps);
}
