import type { DrawnFace } from "./boxSmoother.ts";
import { emotionLabels } from "./contracts.ts";
import type { HeatmapPainter } from "./heatmap.ts";
import { palette } from "./palette.ts";

/** What an overlay shows, and in which words. */
export interface OverlayStyle {
  readonly mirrored: boolean;
  readonly bars: boolean;
  readonly heatmap: boolean;
  /** The face whose box is drawn stronger. */
  readonly selectedId?: string | undefined;
  /** "appears happy 87%": the words are the page's. */
  caption(face: DrawnFace): string;
  /** The short name beside a bar, by the label's place. */
  barName(index: number): string;
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Draws faces over a picture of the given size, in the context's own units. */
export function drawOverlay(
  context: CanvasRenderingContext2D,
  faces: readonly DrawnFace[],
  size: { width: number; height: number },
  style: OverlayStyle,
  heatmaps: HeatmapPainter,
): void {
  // Readable on a phone's small picture, not loud on a wide screen's.
  const unit = Math.min(15, Math.max(10, size.width / 56));
  context.save();
  context.textBaseline = "middle";
  for (const face of faces) {
    const area = areaOf(face, size, style.mirrored);
    context.globalAlpha = face.opacity;
    if (style.heatmap && face.reading.heatmap) paintHeatmap(context, face, area, style.mirrored, heatmaps);
    drawBrackets(context, area, palette[face.reading.dominant], unit * (face.reading.id === style.selectedId ? 0.26 : 0.18));
    drawLabel(context, face, area, size, style, unit);
    if (style.bars) drawBars(context, face, area, size, style, unit);
  }
  context.restore();
}

function areaOf(face: DrawnFace, size: { width: number; height: number }, mirrored: boolean): Area {
  const [x, y, width, height] = face.box;
  return { x: (mirrored ? 1 - x - width : x) * size.width, y: y * size.height, width: width * size.width, height: height * size.height };
}

/** The map covers the square around the box's middle, as the server crops it. */
function paintHeatmap(context: CanvasRenderingContext2D, face: DrawnFace, area: Area, mirrored: boolean, heatmaps: HeatmapPainter): void {
  const side = Math.max(area.width, area.height);
  const x = area.x + area.width / 2;
  const y = area.y + area.height / 2;
  context.save();
  context.translate(x, y);
  if (mirrored) context.scale(-1, 1);
  heatmaps.paint(context, face.reading.heatmap ?? [], -side / 2, -side / 2, side);
  context.restore();
}

/** Four rounded corners: they mark a face without drawing over it. A dark line beneath keeps them visible on any picture. */
function drawBrackets(context: CanvasRenderingContext2D, area: Area, color: string, thickness: number): void {
  const arm = Math.min(area.width, area.height) * 0.22;
  const radius = arm * 0.45;
  const { x: left, y: top } = area;
  const right = left + area.width;
  const bottom = top + area.height;
  context.beginPath();
  for (const [cornerX, cornerY, towardsX, towardsY] of [
    [left, top, 1, 1],
    [right, top, -1, 1],
    [right, bottom, -1, -1],
    [left, bottom, 1, -1],
  ] as const) {
    context.moveTo(cornerX, cornerY + arm * towardsY);
    context.arcTo(cornerX, cornerY, cornerX + arm * towardsX, cornerY, radius);
    context.lineTo(cornerX + arm * towardsX, cornerY);
  }
  context.lineCap = "round";
  context.strokeStyle = "rgb(0 0 0 / 0.45)";
  context.lineWidth = thickness * 2;
  context.stroke();
  context.strokeStyle = color;
  context.lineWidth = thickness;
  context.stroke();
}

function drawLabel(
  context: CanvasRenderingContext2D,
  face: DrawnFace,
  area: Area,
  size: { width: number; height: number },
  style: OverlayStyle,
  unit: number,
): void {
  const id = `#${face.reading.id}`;
  const caption = style.caption(face);
  const idFont = `500 ${unit * 0.82}px system-ui, sans-serif`;
  const captionFont = `600 ${unit}px system-ui, sans-serif`;
  context.font = idFont;
  const idWidth = context.measureText(id).width;
  context.font = captionFont;
  const width = idWidth + context.measureText(caption).width + unit * 3;
  const height = unit * 1.9;
  const x = clamp(area.x, 2, size.width - width - 2);
  const y = clamp(area.y - height - unit * 0.6, 2, size.height - height - 2);
  drawPanel(context, x, y, width, height, height / 2);
  context.fillStyle = palette[face.reading.dominant];
  context.beginPath();
  context.arc(x + unit * 0.95, y + height / 2, unit * 0.34, 0, Math.PI * 2);
  context.fill();
  context.fillStyle = "#fff";
  context.fillText(caption, x + unit * 1.6, y + height / 2 + unit * 0.06);
  context.font = idFont;
  context.fillStyle = "rgb(255 255 255 / 0.72)";
  context.fillText(id, x + width - idWidth - unit * 0.7, y + height / 2 + unit * 0.06);
}

/** All eight bars beside the face: on the side with more room, and within the picture. */
function drawBars(
  context: CanvasRenderingContext2D,
  face: DrawnFace,
  area: Area,
  size: { width: number; height: number },
  style: OverlayStyle,
  unit: number,
): void {
  const row = unit * 1.15;
  const nameWidth = unit * 6.2;
  const barWidth = unit * 4.6;
  const width = nameWidth + barWidth + unit * 1.4;
  const height = row * emotionLabels.length + unit * 0.8;
  const gap = unit * 0.8;
  const roomRight = size.width - (area.x + area.width);
  const besides = roomRight >= area.x ? area.x + area.width + gap : area.x - gap - width;
  // A panel that would cover half the face tells less than the face.
  if (Math.max(roomRight, area.x) < width * 0.7) return;
  const x = clamp(besides, 2, size.width - width - 2);
  const y = clamp(area.y + area.height / 2 - height / 2, 2, size.height - height - 2);
  drawPanel(context, x, y, width, height, unit * 0.6);
  context.font = `500 ${unit * 0.8}px system-ui, sans-serif`;
  emotionLabels.forEach((label, index) => {
    const middle = y + unit * 0.4 + row * (index + 0.5);
    const probability = clamp(face.emotions[index] ?? 0, 0, 1);
    context.fillStyle = label === face.reading.dominant ? "#fff" : "rgb(255 255 255 / 0.75)";
    context.fillText(style.barName(index), x + unit * 0.7, middle);
    fillRounded(context, x + unit * 0.7 + nameWidth, middle - unit * 0.22, barWidth, unit * 0.44, "rgb(255 255 255 / 0.18)");
    fillRounded(context, x + unit * 0.7 + nameWidth, middle - unit * 0.22, barWidth * probability, unit * 0.44, palette[label]);
  });
}

function drawPanel(context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number, radius: number): void {
  context.fillStyle = "rgb(12 16 24 / 0.72)";
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  context.fill();
}

function fillRounded(context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number, color: string): void {
  context.fillStyle = color;
  context.beginPath();
  context.roundRect(x, y, Math.max(0, width), height, height / 2);
  context.fill();
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
