import { emotionLabels, type Emotion } from "../client/contracts.ts";
import { StillError, type StillFace } from "../client/stills.ts";
import { archiveConsent } from "../feedback/archive.ts";
import { correct, CorrectionError, takeBack, type Kept } from "../feedback/corrections.ts";
import { afterCorrecting, beforeCorrecting } from "../feedback/words.ts";
import { create, setText } from "../live/elements.ts";
import { strings } from "../strings.ts";

/**
 * "Not right?": offers the other labels for a face and hands the answer in. The server is asked for a token, for which it remembers
 * the face's numbers for some minutes, only when the person wants to say something.
 */
export class CorrectionBox {
  readonly root = create("div", "correction");
  readonly #open = create("button", "link", strings.notRight);
  readonly #labels = create("div", "moods");
  readonly #status = create("p", "hint");
  readonly #back = create("button", "link", strings.takeBack);
  #token: string | undefined;
  /** The token is of a time when the person had opted in to the face archive, or not. */
  #withPicture = false;

  constructor(
    private readonly face: StillFace,
    private readonly askToken: () => Promise<string | undefined>,
  ) {
    this.root.dataset["testid"] = "correction";
    this.#open.type = this.#back.type = "button";
    this.#open.dataset["testid"] = "not-right";
    this.#back.dataset["testid"] = "take-back";
    this.#open.setAttribute("aria-expanded", "false");
    this.#open.addEventListener("click", () => this.#toggle());
    this.#back.addEventListener("click", () => void this.#try(takeBack, () => this.#tookBack()));
    this.#labels.setAttribute("role", "group");
    this.#labels.setAttribute("aria-label", strings.notRightLabels);
    this.#status.setAttribute("role", "status");
    for (const label of emotionLabels) if (label !== face.dominant) this.#labels.append(this.#choice(label));
    this.#labels.hidden = this.#back.hidden = true;
    this.root.append(this.#open, this.#labels, this.#status, this.#back);
  }

  #choice(label: Emotion): HTMLButtonElement {
    const button = create("button", "", strings.emotions[label]);
    button.type = "button";
    button.dataset["testid"] = `correct-${label}`;
    button.addEventListener("click", () => void this.#try(() => this.#send(label), (kept) => this.#kept(kept, label)));
    return button;
  }

  #toggle(): void {
    const opening = this.#labels.hidden;
    this.#labels.hidden = !opening;
    this.#open.setAttribute("aria-expanded", String(opening));
    setText(this.#status, opening ? beforeCorrecting() : "");
  }

  async #send(label: Emotion): Promise<Kept> {
    if (this.#withPicture !== archiveConsent.given) this.#token = undefined;
    this.#withPicture = archiveConsent.given;
    this.#token ??= await this.askToken();
    if (!this.#token) throw new CorrectionError("feedback_off");
    return correct({ face: this.#token, label });
  }

  #kept(kept: Kept, label: Emotion): HTMLElement {
    this.#open.hidden = this.#labels.hidden = true;
    this.#back.hidden = false;
    setText(this.#status, afterCorrecting(kept, this.face.dominant, label));
    return this.#back;
  }

  #tookBack(): HTMLElement {
    this.#back.hidden = true;
    this.#open.hidden = false;
    this.#open.setAttribute("aria-expanded", "false");
    setText(this.#status, strings.correctionsTakenBack);
    return this.#open;
  }

  /** One thing at a time; then the focus goes to what can be done next. A refusal is told in words, and the person may try again. */
  async #try<Done>(act: () => Promise<Done>, then: (done: Done) => HTMLElement): Promise<void> {
    const buttons = this.root.querySelectorAll("button");
    for (const button of buttons) button.disabled = true;
    let next: HTMLElement | undefined;
    try {
      next = then(await act());
    } catch (error) {
      const code = error instanceof CorrectionError || error instanceof StillError ? error.code : "unreachable";
      if (code === "unknown_face") this.#token = undefined;
      setText(this.#status, strings.correctionProblems[code] ?? strings.correctionFailed);
    } finally {
      for (const button of buttons) button.disabled = false;
      next?.focus();
    }
  }
}
