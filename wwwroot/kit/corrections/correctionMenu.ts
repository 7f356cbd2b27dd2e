import { create } from "../elements.ts";
import { CorrectionChoices, type Misread } from "./correctionChoices.ts";
import { strings } from "./strings.ts";

/** "Not right?" under a face: opens the other labels beneath it. One's own faces only. */
export class CorrectionMenu {
  readonly root = create("div", "correction");
  readonly #open = create("button", "link", strings.notRight);
  readonly #choices = new CorrectionChoices((kept) => this.#done(kept));

  /**
   * @param newest The reading at the moment of asking; undefined while there is none.
   * @param once The face never changes: what was said of it stands until it is taken back.
   */
  constructor(
    private readonly newest: () => Misread | undefined,
    private readonly once = false,
  ) {
    this.root.dataset["testid"] = "correction";
    this.#open.type = "button";
    this.#open.dataset["testid"] = "not-right";
    this.#open.setAttribute("aria-expanded", "false");
    this.#open.addEventListener("click", () => this.#toggle());
    this.root.append(this.#open, this.#choices.root);
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#choices.open) this.#close();
    });
  }

  #toggle(): void {
    if (this.#choices.open) return this.#close();
    // What is meant is what was there when the person objected, not what they show while they choose.
    const misread = this.newest();
    if (!misread) return;
    this.#choices.show(misread);
    this.#open.setAttribute("aria-expanded", "true");
  }

  #close(): void {
    this.#choices.hide();
    this.#open.setAttribute("aria-expanded", "false");
    this.#open.focus();
  }

  #done(kept: boolean): void {
    this.#open.hidden = this.once && kept;
    this.#close();
    if (this.#open.hidden) this.#choices.back.focus();
  }
}
