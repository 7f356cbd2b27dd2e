import { emotionLabels, type Emotion } from "../client/contracts.ts";
import { create, setText } from "../live/elements.ts";
import { strings } from "../strings.ts";
import { correct, CorrectionError, takeBack, type Correction } from "./corrections.ts";

/** What was on the page when the person objected. */
export interface Misread extends Omit<Correction, "label"> {
  readonly dominant: Emotion;
}

/** "Not right?" under a face: opens the other seven labels and sends the one that is chosen. One's own faces only. */
export class CorrectionMenu {
  readonly root = create("div", "correction");
  readonly #open = create("button", "link", strings.notRight);
  readonly #choices = create("div", "correction-choices");
  readonly #said = create("p", "hint");
  readonly #back = create("button", "link", strings.takeBack);
  #misread: Misread | undefined;

  /** @param newest The reading at the moment of asking; undefined while there is none. */
  constructor(private readonly newest: () => Misread | undefined) {
    this.root.dataset["testid"] = "correction";
    this.#open.type = this.#back.type = "button";
    this.#open.setAttribute("aria-expanded", "false");
    this.#open.addEventListener("click", () => this.#toggle());
    this.#choices.setAttribute("role", "group");
    this.#choices.setAttribute("aria-label", strings.notRightLabels);
    this.#said.setAttribute("role", "status");
    this.#back.addEventListener("click", () => void this.#takeBack());
    this.#choices.hidden = this.#back.hidden = true;
    this.root.append(this.#open, this.#choices, this.#said, this.#back);
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.#choices.hidden) return;
      this.#close();
      this.#open.focus();
    });
  }

  #toggle(): void {
    if (!this.#choices.hidden) return this.#close();
    // What is meant is what was there when the person objected, not what they show while they choose.
    this.#misread = this.newest();
    if (!this.#misread) return;
    const { dominant } = this.#misread;
    this.#choices.replaceChildren(create("span", "hint", strings.notRightHint), ...emotionLabels.filter((label) => label !== dominant).map((label) => this.#choice(label)));
    this.#choices.hidden = false;
    this.#open.setAttribute("aria-expanded", "true");
    setText(this.#said, "");
  }

  #choice(label: Emotion): HTMLButtonElement {
    const button = create("button", "quiet", strings.emotions[label]);
    button.type = "button";
    button.dataset["label"] = label;
    button.addEventListener("click", () => void this.#send(label));
    return button;
  }

  async #send(label: Emotion): Promise<void> {
    const misread = this.#misread;
    if (!misread) return;
    this.#close();
    this.#open.focus();
    const { dominant, ...face } = misread;
    await this.#try(async () => {
      await correct({ ...face, label });
      this.#back.hidden = false;
      return strings.correctionKept(strings.emotions[dominant], strings.emotions[label]);
    });
  }

  #takeBack(): Promise<void> {
    return this.#try(async () => {
      await takeBack();
      this.#back.hidden = true;
      return strings.correctionsTakenBack;
    });
  }

  /** Does something at the server and says what came of it. */
  async #try(work: () => Promise<string>): Promise<void> {
    try {
      setText(this.#said, await work());
    } catch (error) {
      const code = error instanceof CorrectionError ? error.code : "unreachable";
      setText(this.#said, strings.correctionProblems[code] ?? strings.correctionFailed);
    }
  }

  #close(): void {
    this.#choices.hidden = true;
    this.#open.setAttribute("aria-expanded", "false");
  }
}
