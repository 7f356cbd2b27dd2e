import type { Emotion } from "../client/contracts.ts";
import { create } from "./elements.ts";
import { percent } from "./numbers.ts";
import { shared } from "./strings.ts";

/** A named figure for a `dl`, with an optional hint below it. */
export function figure(name: string, value: string, hint = ""): HTMLElement {
  const box = create("div");
  box.append(create("dt", "", name), create("dd", "", value));
  if (hint) box.append(create("dd", "hint", hint));
  return box;
}

/** The share of one expression's faces that were recognized, as a named bar. */
export function recallBar(label: Emotion, recall: number, faces: number, hint: string): HTMLElement {
  const row = create("li");
  const [track, fill] = [create("span", "track"), create("i")];
  fill.style.transform = `scaleX(${recall})`;
  fill.style.background = `var(--${label})`;
  track.append(fill);
  track.setAttribute("aria-hidden", "true");
  row.append(create("span", "name", shared.emotions[label]), track, create("span", "percent", faces === 0 ? "–" : percent(recall, 0)), create("span", "hint", hint));
  return row;
}
