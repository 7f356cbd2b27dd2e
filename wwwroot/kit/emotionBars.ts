import { emotionLabels } from "../client/contracts.ts";
import { barNames } from "./appearance.ts";
import { create, setText } from "./elements.ts";
import { percent } from "./numbers.ts";

/** The eight probabilities as named horizontal bars. */
export class EmotionBars {
  readonly root = create("ul", "bars");
  readonly #bars = emotionLabels.map((label, index) => {
    const row = create("li");
    const track = create("span", "track");
    const fill = create("i");
    fill.style.background = `var(--${label})`;
    track.append(fill);
    const figure = create("span", "percent");
    row.append(create("span", "name", barNames[index] ?? label), track, figure);
    this.root.append(row);
    return { fill, figure };
  });

  show(emotions: readonly number[]): void {
    this.#bars.forEach((bar, index) => {
      const probability = emotions[index] ?? 0;
      bar.fill.style.transform = `scaleX(${probability.toFixed(3)})`;
      setText(bar.figure, percent(probability, 0));
    });
  }
}
