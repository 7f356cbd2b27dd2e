import type { Emotion } from "../client/contracts.ts";
import { create } from "./elements.ts";
import { number } from "./numbers.ts";
import { shared } from "./strings.ts";
import { table } from "./table.ts";

/** Counts of answers (columns) for what people saw (rows), in the order of `perLabel`. */
export interface Answered {
  readonly perLabel: readonly { readonly label: Emotion }[];
  readonly confusion: readonly (readonly number[])[];
}

/** The confusion matrix as a table of percentages; the larger a cell's share of its row, the darker it is. */
export function confusionMatrix(figures: Answered): HTMLElement {
  const names = figures.perLabel.map(({ label }) => shared.emotions[label]);
  const rows = figures.confusion.map((counts, truth) => {
    const all = counts.reduce((sum, count) => sum + count, 0);
    return [names[truth] ?? "", ...counts.map((count) => (count === 0 ? "" : number(Math.round((100 * count) / all))))];
  });
  const box = table([shared.confusionCorner, ...names], rows, "confusion");
  const cells = box.querySelectorAll<HTMLTableCellElement>("td");
  figures.confusion.flat().forEach((count, place) => {
    const [truth, answer] = [Math.floor(place / names.length), place % names.length];
    const all = (figures.confusion[truth] ?? []).reduce((sum, value) => sum + value, 0);
    const cell = cells[place];
    if (!cell) return;
    cell.style.setProperty("--share", String(all === 0 ? 0 : count / all));
    cell.title = shared.confusionCell(number(count), names[truth] ?? "", names[answer] ?? "");
    if (truth === answer) cell.classList.add("agrees");
    if (count === 0) cell.append(create("span", "sr-only", "0"));
  });
  return box;
}
