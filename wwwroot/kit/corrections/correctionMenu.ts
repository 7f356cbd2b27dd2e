import { create } from "../elements.ts";
import { CorrectionChoices, type Misread } from "./correctionChoices.ts";
import { strings } from "./strings.ts";

/** "Not right?" under the person's own face; opens the other labels below it. */
export class CorrectionMenu {
  readonly root = create("div", "correction");
  readonly #open = create("button", "link", strings.notRight);
  readonly #choices = new CorrectionChoices((kept) => this.#done(kept));

  /**
   * @param newest The current reading; undefined while there is none.
   * @param once True for still pictures: a correction then stands until it is deleted.
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
    // The correction is for the reading at the time of the click, not for what the face shows while the person chooses.
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
