import type { CalibrationStep } from "../../client/contracts.generated.ts";
import { create } from "../../kit/elements.ts";
import { number, percent } from "../../kit/numbers.ts";
import { shape } from "../../kit/svg.ts";
import { details, table } from "../../kit/table.ts";
import { strings } from "./strings.ts";

const width = 320;
const height = 220;
const left = 42;
const bottom = 34;
const top = 8;
const right = 10;

/** With fewer answers than this, the share of correct ones means little. */
const few = 20;

const x = (share: number): number => left + share * (width - left - right);
const y = (share: number): number => height - bottom - share * (height - top - bottom);

/** One bar per level of certainty: the share of its answers that were correct. Perfectly calibrated bars end on the diagonal. */
export function calibrationChart(steps: readonly CalibrationStep[]): HTMLElement {
  const box = create("div");
  const chart = shape("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": strings.calibrationLabel, class: "calibration" });
  for (const share of [0, 0.5, 1]) {
    chart.append(
      shape("line", { x1: x(0), x2: x(1), y1: y(share), y2: y(share), class: "grid" }),
      label(percent(share, 0), left - 6, y(share) + 4, "end"),
      label(percent(share, 0), x(share), height - bottom + 16, share === 1 ? "end" : share === 0 ? "start" : "middle"),
    );
  }
  for (const step of steps) {
    const bar = shape("rect", {
      x: x(step.from) + 1,
      y: y(step.right),
      width: x(step.to) - x(step.from) - 2,
      height: y(0) - y(step.right),
      class: step.count < few ? "bar few" : "bar",
    });
    const title = shape("title", {});
    title.textContent = `${strings.certainty} ${percent(step.certainty, 0)}, ${strings.right} ${percent(step.right, 0)}, ${strings.count} ${number(step.count)}`;
    bar.append(title);
    chart.append(bar);
  }
  chart.append(
    shape("line", { x1: x(0), x2: x(1), y1: y(0), y2: y(1), class: "ideal" }),
    label(strings.certainty, (x(0) + x(1)) / 2, height - 4, "middle"),
  );
  const rows = steps.map((step) => [
    `${percent(step.from, 0)} – ${percent(step.to, 0)}`, percent(step.certainty), percent(step.right), number(step.count),
  ]);
  box.append(chart, details(strings.asTable, table([strings.certainty, "⌀", strings.right, strings.count], rows)));
  return box;
}

function label(text: string, atX: number, atY: number, anchor: string): SVGElement {
  const made = shape("text", { x: atX, y: atY, "text-anchor": anchor });
  made.textContent = text;
  return made;
}
