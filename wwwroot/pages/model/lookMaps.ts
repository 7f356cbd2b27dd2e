import type { Emotion } from "../../client/contracts.ts";
import { create } from "../../kit/elements.ts";
import { shared } from "../../kit/strings.ts";
import { shape } from "../../kit/svg.ts";
import { strings } from "./strings.ts";

const cells = 6;
/** The crop's side; eyes, nose and mouth lie where the server's cropper puts them (CropGeometry.cs). */
const side = 48;
const face = "M12 18h6.6M29.4 18H36M24 21v6.7l-2 1.3M16.6 36h14.8";

/** For each expression, the parts of the face that correct answers came from, over a drawn face. */
export function lookMaps(labels: readonly Emotion[], maps: readonly (readonly number[])[]): HTMLElement {
  const box = create("div", "looks");
  labels.forEach((label, place) => {
    const map = maps[place] ?? [];
    if (map.length === cells * cells) box.append(tile(label, map));
  });
  return box;
}

function tile(label: Emotion, map: readonly number[]): HTMLElement {
  const made = create("figure");
  const picture = shape("svg", { viewBox: `0 0 ${side} ${side}`, role: "img", "aria-label": strings.looksLabel(shared.emotions[label]) });
  const heat = shape("g", { class: "heat", fill: `var(--${label})` });
  const step = side / cells;
  map.forEach((value, cell) => {
    heat.append(
      shape("rect", { x: (cell % cells) * step, y: Math.floor(cell / cells) * step, width: step, height: step, "fill-opacity": value.toFixed(2) }),
    );
  });
  picture.append(heat, shape("path", { d: face, class: "face" }));
  made.append(picture, create("figcaption", "", shared.emotions[label]));
  return made;
}
