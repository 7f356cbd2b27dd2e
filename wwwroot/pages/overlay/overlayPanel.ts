import { markAge } from "../../kit/aging.ts";
import { create, element, setText } from "../../kit/elements.ts";
import { EmotionBars } from "../../kit/emotionBars.ts";
import { EmotionMix } from "../../kit/emotionMix.ts";
import type { Part } from "./settings.ts";
import type { Shown } from "./shown.ts";

/** The single panel on the transparent page. */
export class OverlayPanel {
  readonly #root = element("panel", HTMLElement);
  readonly #name = create("small");
  readonly #appearance = create("b");
  readonly #mix = new EmotionMix();
  readonly #bars = new EmotionBars();
  #readAt = -Infinity;

  constructor(show: ReadonlySet<Part>) {
    const views: Readonly<Record<Part, HTMLElement>> = { name: this.#name, appearance: this.#appearance, mix: this.#mix.root, bars: this.#bars.root };
    this.#root.replaceChildren(...(["name", "appearance", "mix", "bars"] as const).filter((part) => show.has(part)).map((part) => views[part]));
    this.#root.classList.add("away");
  }

  /** Hides the panel if there is nothing to show. */
  show(shown: Shown | undefined): void {
    this.#root.classList.toggle("away", shown === undefined);
    this.#readAt = shown?.at ?? -Infinity;
    if (!shown) return;
    this.#root.dataset["dominant"] = shown.dominant;
    this.#root.style.setProperty("--emotion", `var(--${shown.dominant})`);
    setText(this.#name, shown.name);
    setText(this.#appearance, shown.appearance);
    this.#mix.root.hidden = this.#bars.root.hidden = shown.emotions === undefined;
    this.#mix.show(shown.emotions ?? []);
    this.#bars.show(shown.emotions ?? []);
  }

  /** Fades as its reading ages, and then hides. */
  age(now: number): void {
    if (markAge(this.#root, now - this.#readAt) === "gone") this.#root.classList.add("away");
  }
}
