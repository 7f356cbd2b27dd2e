import { CorrectionChoices, type Misread } from "../../kit/corrections/correctionChoices.ts";
import { FaceArchive } from "../../kit/corrections/faceArchive.ts";
import { strings as correctionStrings } from "../../kit/corrections/strings.ts";
import { create, setText } from "../../kit/elements.ts";
import { shared } from "../../kit/strings.ts";
import { strings } from "./strings.ts";

/** "Not right?" on this person's own tile; the labels open in a dialog, since a tile in a full call has no room for them. */
export class CorrectionDialog {
  readonly button = create("button", "not-right", correctionStrings.notRight);
  readonly root = create("dialog", "correction-dialog");
  readonly #read = create("p", "read-as");
  readonly #choices = new CorrectionChoices(() => this.#close.focus());
  readonly #archive = new FaceArchive();
  readonly #close = create("button", "quiet", strings.close);
  #newest: Misread | undefined;

  constructor() {
    this.button.dataset["testid"] = "not-right";
    this.root.dataset["testid"] = "correction";
    this.root.setAttribute("aria-label", correctionStrings.notRight);
    this.button.type = this.#close.type = "button";
    this.button.setAttribute("aria-haspopup", "dialog");
    this.button.hidden = true;
    this.button.addEventListener("click", () => this.#open());
    this.#close.addEventListener("click", () => this.root.close());
    // The dialog has no padding of its own, so a click outside its content hits the backdrop.
    this.root.addEventListener("click", (event) => void (event.target === this.root && this.root.close()));
    const content = create("div");
    content.append(create("h2", "", correctionStrings.notRight), this.#read, this.#choices.root, this.#archive.root, this.#close);
    this.root.append(content);
  }

  /** A session of this person's own face has started or was resumed. */
  started(resumeToken: string): void {
    void this.#archive.offer(resumeToken);
  }

  end(): void {
    this.#archive.close();
  }

  /** The newest reading of this person's own face; without one there is nothing to correct. */
  set newest(misread: Misread | undefined) {
    this.#newest = misread;
    this.button.hidden = misread === undefined;
  }

  #open(): void {
    // The correction is for the reading at the time of the click, not for what the face shows while the person chooses.
    const misread = this.#newest;
    if (!misread) return;
    setText(this.#read, shared.appears(shared.emotions[misread.dominant]));
    this.#read.style.setProperty("--emotion", `var(--${misread.dominant})`);
    this.#choices.show(misread);
    this.root.showModal();
  }
}
