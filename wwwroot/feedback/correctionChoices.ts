import { emotionLabels, type Emotion } from "../client/contracts.ts";
import { create, setText } from "../live/elements.ts";
import { strings } from "../strings.ts";
import { correct, CorrectionError, takeBack, type Correction } from "./corrections.ts";
import { afterCorrecting, beforeCorrecting } from "./words.ts";

/** What was on the page when the person objected. */
export interface Misread extends Omit<Correction, "label"> {
  readonly dominant: Emotion;
}

/** The other seven labels of a face that was misread, and what became of the one that was chosen. */
export class CorrectionChoices {
  readonly root = create("div", "correction-answer");
  readonly #choices = create("div", "correction-choices");
  readonly #said = create("p", "hint");
  readonly #back = create("button", "link", strings.takeBack);

  /** @param onChosen The labels have gone, and the answer is on its way. */
  constructor(private readonly onChosen: () => void) {
    this.#choices.setAttribute("role", "group");
    this.#choices.setAttribute("aria-label", strings.notRightLabels);
    this.#said.setAttribute("role", "status");
    this.#back.type = "button";
    this.#back.addEventListener("click", () => void this.#takeBack());
    this.#choices.hidden = this.#back.hidden = true;
    this.root.append(this.#choices, this.#said, this.#back);
  }

  get open(): boolean {
    return !this.#choices.hidden;
  }

  show(misread: Misread): void {
    const others = emotionLabels.filter((label) => label !== misread.dominant);
    this.#choices.replaceChildren(create("span", "hint", beforeCorrecting()), ...others.map((label) => this.#choice(misread, label)));
    this.#choices.hidden = false;
    setText(this.#said, "");
  }

  hide(): void {
    this.#choices.hidden = true;
  }

  #choice(misread: Misread, label: Emotion): HTMLButtonElement {
    const button = create("button", "quiet", strings.emotions[label]);
    button.type = "button";
    button.dataset["label"] = label;
    button.addEventListener("click", () => void this.#send(misread, label));
    return button;
  }

  async #send({ dominant, ...face }: Misread, label: Emotion): Promise<void> {
    this.hide();
    this.onChosen();
    await this.#try(async () => {
      const kept = await correct({ ...face, label });
      this.#back.hidden = false;
      return afterCorrecting(kept, dominant, label);
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
}
