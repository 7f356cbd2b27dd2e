import type { DrawnFace } from "./boxSmoother.ts";
import { emotionLabels } from "./contracts.ts";
import type { HeatmapPainter } from "./heatmap.ts";
import { placeLabel, placePanel, type Area, type Size } from "./overlayLayout.ts";
import { palette } from "./contracts.generated.ts";

/** What an overlay shows, and its words. */
export interface OverlayStyle {
  readonly mirrored: boolean;
  readonly bars: boolean;
  readonly heatmap: boolean;
  /** The face whose box is drawn bolder. */
  readonly selectedId?: string | undefined;
  /** The caption of a face, such as "appears happy 87%". */
  caption(face: DrawnFace): string;
  /** The short name next to a bar, by the label's index. */
  barName(index: number): string;
}

/** The canvas, its size, and the font size on it. */
interface Drawing {
  readonly context: CanvasRenderingContext2D;
  readonly picture: Size;
  readonly unit: number;
  readonly style: OverlayStyle;
}

/** Draws faces over a picture of the given size, in the context's units. */
export function drawFaces(
  context: CanvasRenderingContext2D,
  faces: readonly DrawnFace[],
  picture: Size,
  style: OverlayStyle,
  heatmaps: HeatmapPainter,
): void {
  // Readable on a phone, unobtrusive on a large screen; smaller in a crowd.
  const unit = Math.min(faces.length > 3 ? 12 : 15, Math.max(10, picture.width / 56));
  const drawing: Drawing = { context, picture, unit, style };
  const areas = faces.map((face) => areaOf(face, picture, style.mirrored));
  // Labels and panels cover neither faces nor each other.
  const taken = [...areas];
  context.save();
  context.textBaseline = "middle";
  faces.forEach((face, index) => {
    const area = areas[index]!;
    context.globalAlpha = face.opacity;
    if (style.heatmap && face.reading.heatmap) paintHeatmap(drawing, face, area, heatmaps);
    drawBrackets(context, area, palette[face.reading.dominant], unit * (face.reading.id === style.selectedId ? 0.26 : 0.18));
    taken.push(drawLabel(drawing, face, area, taken));
    if (style.bars) drawBars(drawing, face, area, taken);
  });
  context.restore();
}

function areaOf(face: DrawnFace, picture: Size, mirrored: boolean): Area {
  const [x, y, width, height] = face.box;
  return {
    x: (mirrored ? 1 - x - width : x) * picture.width,
    y: y * picture.height,
    width: width * picture.width,
    height: height * picture.height,
  };
}

/** The box's center in the server's crop, from its top; the crop is as high as the box (CropGeometry.cs). */
const boxMiddleInCrop = 25.3 / 48;

/** The map covers the server's square crop, which is as high as the box and rotated with the line between the eyes. */
function paintHeatmap({ context, picture, style }: Drawing, face: DrawnFace, area: Area, heatmaps: HeatmapPainter): void {
  const side = area.height;
  context.save();
  context.translate(area.x + area.width / 2, area.y + area.height / 2);
  if (style.mirrored) context.scale(-1, 1);
  context.rotate(rollOf(face.reading.points, picture));
  heatmaps.paint(context, face.reading.heatmap ?? [], -side / 2, -side * boxMiddleInCrop, side);
  context.restore();
}

function rollOf(points: readonly number[] | null, picture: Size): number {
  if (!points) return 0;
  const [rightX = 0, rightY = 0, leftX = 0, leftY = 0] = points;
  return Math.atan2((leftY - rightY) * picture.height, (leftX - rightX) * picture.width);
}

/** Four rounded corners, which mark a face without covering it. A dark outline keeps them visible on any picture. */
function drawBrackets(context: CanvasRenderingContext2D, area: Area, color: string, thickness: number): void {
  const arm = Math.min(area.width, area.height) * 0.22;
  const { x: left, y: top } = area;
  const right = left + area.width;
  const bottom = top + area.height;
  context.beginPath();
  for (const [cornerX, cornerY, towardX, towardY] of [
    [left, top, 1, 1],
    [right, top, -1, 1],
    [right, bottom, -1, -1],
    [left, bottom, 1, -1],
  ] as const) {
    context.moveTo(cornerX, cornerY + arm * towardY);
    context.arcTo(cornerX, cornerY, cornerX + arm * towardX, cornerY, arm * 0.45);
    context.lineTo(cornerX + arm * towardX, cornerY);
  }
  context.lineCap = "round";
  context.strokeStyle = "rgb(0 0 0 / 0.45)";
  context.lineWidth = thickness * 2;
  context.stroke();
  context.strokeStyle = color;
  context.lineWidth = thickness;
  context.stroke();
}

function drawLabel({ context, picture, unit, style }: Drawing, face: DrawnFace, area: Area, taken: readonly Area[]): Area {
  const id = `#${face.reading.id}`;
  const caption = style.caption(face);
  const idFont = `500 ${unit * 0.82}px system-ui, sans-serif`;
  const captionFont = `600 ${unit}px system-ui, sans-serif`;
  context.font = idFont;
  const idWidth = context.measureText(id).width;
  context.font = captionFont;
  const width = idWidth + context.measureText(caption).width + unit * 3;
  const others = taken.filter((other) => other !== area);
  const place = placeLabel(area, { width, height: unit * 1.9 }, unit * 0.6, picture, others);
  const middle = place.y + place.height / 2;
  drawPanel(context, place, place.height / 2);
  context.fillStyle = palette[face.reading.dominant];
  context.beginPath();
  context.arc(place.x + unit * 0.95, middle, unit * 0.34, 0, Math.PI * 2);
  context.fill();
  // Text without descenders looks centered slightly below the middle of its line.
  const baseline = middle + unit * 0.06;
  context.fillStyle = "#fff";
  context.fillText(caption, place.x + unit * 1.6, baseline);
  context.font = idFont;
  context.fillStyle = "rgb(255 255 255 / 0.72)";
  context.fillText(id, place.x + width - idWidth - unit * 0.7, baseline);
  return place;
}

/** All eight bars: with names on a panel next to the face if there is room, else as small columns at its lower edge. */
function drawBars(drawing: Drawing, face: DrawnFace, area: Area, taken: Area[]): void {
  const { unit, picture } = drawing;
  const panel = { width: unit * 12.2, height: unit * (1.15 * emotionLabels.length + 0.8) };
  const others = taken.filter((other) => other !== area);
  const place = placePanel(area, panel, unit * 0.8, picture, others);
  if (!place) return drawColumns(drawing, face, area);
  taken.push(place);
  drawNamedBars(drawing, face, place);
}

function drawNamedBars({ context, unit, style }: Drawing, face: DrawnFace, place: Area): void {
  const row = unit * 1.15;
  const barX = place.x + unit * 6.9;
  const barWidth = unit * 4.6;
  drawPanel(context, place, unit * 0.6);
  context.font = `500 ${unit * 0.8}px system-ui, sans-serif`;
  emotionLabels.forEach((label, index) => {
    const middle = place.y + unit * 0.4 + row * (index + 0.5);
    context.fillStyle = label === face.reading.dominant ? "#fff" : "rgb(255 255 255 / 0.75)";
    context.fillText(style.barName(index), place.x + unit * 0.7, middle);
    fillRounded(context, barX, middle - unit * 0.22, barWidth, unit * 0.44, "rgb(255 255 255 / 0.18)");
    fillRounded(context, barX, middle - unit * 0.22, barWidth * (face.emotions[index] ?? 0), unit * 0.44, palette[label]);
  });
}

function drawColumns({ context, unit }: Drawing, face: DrawnFace, area: Area): void {
  const width = Math.min(area.width * 0.9, unit * 8);
  const height = Math.min(area.height * 0.25, unit * 2.4);
  const place: Area = { x: area.x + (area.width - width) / 2, y: area.y + area.height - height, width, height };
  const step = (width - unit * 0.6) / emotionLabels.length;
  drawPanel(context, place, unit * 0.4);
  emotionLabels.forEach((label, index) => {
    const tall = Math.max(1, (height - unit * 0.6) * (face.emotions[index] ?? 0));
    context.fillStyle = palette[label];
    context.fillRect(place.x + unit * 0.3 + step * (index + 0.15), place.y + height - unit * 0.3 - tall, step * 0.7, tall);
  });
}

function drawPanel(context: CanvasRenderingContext2D, place: Area, radius: number): void {
  context.fillStyle = "rgb(12 16 24 / 0.72)";
  context.beginPath();
  context.roundRect(place.x, place.y, place.width, place.height, radius);
  context.fill();
}

function fillRounded(context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number, color: string): void {
  context.fillStyle = color;
  context.beginPath();
  context.roundRect(x, y, Math.max(0, width), height, height / 2);
  context.fill();
}
