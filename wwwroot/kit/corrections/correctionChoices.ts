import { emotionLabels, type Emotion } from "../../client/contracts.ts";
import { create, setText } from "../elements.ts";
import { RequestError } from "../request.ts";
import { shared } from "../strings.ts";
import { correct, takeBack, type Correction } from "./corrections.ts";
import { afterCorrecting, beforeCorrecting } from "./sentences.ts";
import { strings } from "./strings.ts";

/** A face as it was shown when the person clicked "Not right?". */
export interface Misread {
  readonly dominant: Emotion;
  /** How the server identifies it. */
  readonly known: () => Promise<Omit<Correction, "label">>;
}

/** The other seven labels for a misread face, and the outcome of choosing one. */
export class CorrectionChoices {
  readonly root = create("div", "correction-answer");
  readonly back = create("button", "link", strings.takeBack);
  readonly #choices = create("div", "correction-choices");
  readonly #said = create("p", "hint");
  #asking = false;

  /** @param onDone Called when a correction was saved or all were deleted; the button that was pressed is then hidden. */
  constructor(private readonly onDone: (kept: boolean) => void) {
    this.#choices.setAttribute("role", "group");
    this.#choices.setAttribute("aria-label", strings.notRightLabels);
    this.#said.setAttribute("role", "status");
    this.back.type = "button";
    this.back.dataset["testid"] = "take-back";
    this.back.addEventListener("click", () => void this.#takeBack());
    this.#choices.hidden = this.back.hidden = true;
    this.root.append(this.#choices, this.#said, this.back);
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
    const button = create("button", "quiet", shared.emotions[label]);
    button.type = "button";
    button.dataset["testid"] = `correct-${label}`;
    button.addEventListener("click", () => void this.#send(misread, label));
    return button;
  }

  #send({ dominant, known }: Misread, label: Emotion): Promise<void> {
    return this.#try(true, async () => {
      const kept = await correct({ ...(await known()), label });
      return afterCorrecting(kept, dominant, label);
    });
  }

  #takeBack(): Promise<void> {
    return this.#try(false, async () => {
      await takeBack();
      return strings.correctionsTakenBack;
    });
  }

  /** Runs one request at a time and shows its outcome; after a failure the labels stay for another try. */
  async #try(keeps: boolean, work: () => Promise<string>): Promise<void> {
    // The buttons are not disabled meanwhile: the pressed one would lose keyboard focus.
    if (this.#asking) return;
    this.#asking = true;
    try {
      setText(this.#said, await work());
      this.#choices.hidden = true;
      this.back.hidden = !keeps;
    } catch (error) {
      const code = error instanceof RequestError ? error.code : "unreachable";
      setText(this.#said, strings.correctionProblems[code] ?? strings.correctionFailed);
      return;
    } finally {
      this.#asking = false;
    }
    this.onDone(keeps);
  }
}
