/** A rectangle in the units of the canvas that is drawn on. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Places a label where it covers nothing: above its face, below it, on the other side, or a row further out; if nothing is free, above. */
export function placeLabel(face: Area, label: Size, gap: number, picture: Size, taken: readonly Area[]): Area {
  const at = (x: number, y: number): Area => ({
    x: clamp(x, 2, picture.width - label.width - 2),
    y: clamp(y, 2, picture.height - label.height - 2),
    ...label,
  });
  const left = face.x;
  const right = face.x + face.width - label.width;
  const row = label.height + gap;
  const top = face.y - row;
  const foot = face.y + face.height + gap;
  const above = at(left, top);
  const places = [above, at(left, foot), at(right, top), at(right, foot), at(left, top - row), at(left, foot + row)];
  return places.find((place) => isFree(place, taken)) ?? above;
}

/** Places a panel next to its face, on the side with more room; undefined if it would cover a face or leave the picture. */
export function placePanel(face: Area, panel: Size, gap: number, picture: Size, taken: readonly Area[]): Area | undefined {
  const y = clamp(face.y + face.height / 2 - panel.height / 2, 2, picture.height - panel.height - 2);
  const right: Area = { x: face.x + face.width + gap, y, ...panel };
  const left: Area = { x: face.x - gap - panel.width, y, ...panel };
  const moreRoomRight = picture.width - face.x - face.width >= face.x;
  const sides = moreRoomRight ? [right, left] : [left, right];
  return sides.find((side) => side.x >= 2 && side.x + side.width <= picture.width - 2 && isFree(side, taken));
}

function isFree(area: Area, taken: readonly Area[]): boolean {
  return !taken.some(
    (other) =>
      area.x < other.x + other.width && other.x < area.x + area.width && area.y < other.y + other.height && other.y < area.y + area.height,
  );
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
