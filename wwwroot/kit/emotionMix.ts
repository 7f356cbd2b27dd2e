import { emotionLabels } from "../client/contracts.ts";
import { create } from "./elements.ts";

/** The eight probabilities as parts of one bar, where there is no room for eight bars; the text next to it says the same. */
export class EmotionMix {
  readonly root = create("div", "mix");
  readonly #parts = emotionLabels.map((label) => {
    const part = create("i");
    part.style.background = `var(--${label})`;
    return part;
  });

  constructor() {
    this.root.setAttribute("aria-hidden", "true");
    this.root.append(...this.#parts);
  }

  show(emotions: readonly number[]): void {
    this.#parts.forEach((part, index) => (part.style.flexGrow = (emotions[index] ?? 0).toFixed(3)));
  }
}
