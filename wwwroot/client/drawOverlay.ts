import { emotionLabels, type FaceReading } from "./contracts.ts";
import { drawFaces, type OverlayStyle } from "./drawFaces.ts";
import { fitCanvas } from "./fitCanvas.ts";
import { fadeAfterMilliseconds, hideAfterMilliseconds, pageTime, strength } from "./freshness.ts";
import { HeatmapPainter } from "./heatmap.ts";

const plain: OverlayStyle = {
  mirrored: false,
  bars: true,
  heatmap: false,
  caption: ({ reading }) => (reading.unclear ? "unclear" : `appears ${reading.dominant} ${Math.round(100 * Math.max(...reading.emotions))}%`),
  barName: (index) => emotionLabels[index] ?? "",
};

let heatmaps: HeatmapPainter | undefined;

/** The timer of each canvas that fades or clears its drawing. */
const aging = new WeakMap<HTMLCanvasElement, ReturnType<typeof setTimeout>>();

/**
 * Draws one answer on a canvas that covers the picture and has its aspect ratio; style properties that are omitted have defaults.
 * Half a second after its picture was taken (`capturedAt`) the drawing fades; after two seconds it is cleared. Drawings of still
 * pictures, which have no such time, stay. For boxes that move smoothly from answer to answer, use an `Overlay`.
 */
export function drawOverlay(
  canvas: HTMLCanvasElement,
  answer: { readonly faces: readonly FaceReading[]; readonly capturedAt?: number },
  style: Partial<OverlayStyle> = {},
): void {
  clearTimeout(aging.get(canvas));
  const drawing = fitCanvas(canvas);
  if (!drawing) return;
  const { faces, capturedAt } = answer;
  const age = capturedAt === undefined ? 0 : pageTime() - capturedAt;
  const opacity = strength(age);
  if (faces.length === 0 || opacity === 0) return;
  const drawn = faces.map((reading) => ({ reading, box: reading.box, emotions: reading.emotions, opacity }));
  heatmaps ??= new HeatmapPainter();
  drawFaces(drawing.context, drawn, drawing.size, { ...plain, ...style }, heatmaps);
  if (capturedAt === undefined) return;
  const next = age > fadeAfterMilliseconds ? hideAfterMilliseconds : fadeAfterMilliseconds;
  aging.set(canvas, setTimeout(() => drawOverlay(canvas, answer, style), next - age + 1));
}
