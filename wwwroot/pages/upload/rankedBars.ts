import { create } from "../../kit/elements.ts";
import { percent } from "../../kit/numbers.ts";
import { ranking } from "../../kit/ranking.ts";
import { shared } from "../../kit/strings.ts";

/** All eight shares as horizontal bars, the largest on top. */
export function rankedBars(emotions: readonly number[]): HTMLElement {
  const list = create("ol", "bars");
  for (const { label, share } of ranking(emotions)) {
    const row = create("li");
    row.dataset["emotion"] = label;
    const track = create("span", "track");
    const fill = create("i");
    fill.style.background = `var(--${label})`;
    fill.style.transform = `scaleX(${share.toFixed(3)})`;
    track.append(fill);
    row.append(create("span", "name", shared.emotions[label]), track, create("span", "percent", percent(share, 0)));
    list.append(row);
  }
  return list;
}
