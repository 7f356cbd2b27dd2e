import { emotionLabels } from "../../client/contracts.ts";
import type { RoomMood } from "../../client/roomContracts.ts";
import { markAge } from "../../kit/aging.ts";
import { create, element, setText } from "../../kit/elements.ts";
import { EmotionMix } from "../../kit/emotionMix.ts";
import { shared } from "../../kit/strings.ts";
import { strings } from "./strings.ts";

/** The room's mood in one line: what it mostly appears to express, the mix, and the counts. */
export class MoodStrip {
  readonly #root = element("mood-strip", HTMLElement);
  readonly #mostly = create("b");
  readonly #mix = new EmotionMix();
  readonly #counts = create("span", "hint");
  #at = -Infinity;

  constructor() {
    this.#root.append(this.#mostly, this.#mix.root, this.#counts);
    this.show(undefined, -Infinity);
  }

  /** Shows a mood, or none before the first update. `at` is when the update was received. */
  show(mood: RoomMood | undefined, at: number): void {
    this.#at = at;
    const somebody = mood !== undefined && mood.people > 0;
    const dominant = somebody ? emotionLabels[mood.emotions.indexOf(Math.max(...mood.emotions))] : undefined;
    this.#root.dataset["dominant"] = dominant ?? "";
    this.#root.style.setProperty("--emotion", dominant ? `var(--${dominant})` : "transparent");
    setText(this.#mostly, dominant ? shared.roomAppears(shared.emotions[dominant]) : strings.moodUnknown);
    this.#mix.show(somebody ? mood.emotions : []);
    setText(this.#counts, somebody ? strings.leanings(mood.positive, mood.neutral, mood.negative) : "");
  }

  /** Fades as the update ages, and then shows no mood. */
  age(now: number): void {
    if (this.#at !== -Infinity && markAge(this.#root, now - this.#at) === "gone") this.show(undefined, -Infinity);
  }
}
