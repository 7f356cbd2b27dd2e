import { wireDrop } from "../../kit/dropZone.ts";
import { element } from "../../kit/elements.ts";

/** A picture that came in, and what to call it. */
export interface Incoming {
  readonly name: string;
  readonly blob: Blob;
  /** What has to be said beside it. */
  readonly caption?: string;
}

/** The ways in: dropped anywhere, pasted anywhere, or picked with the browser's own dialogue. */
export class Intake {
  readonly #file = element("file", HTMLInputElement);

  constructor(private readonly onFiles: (files: readonly Incoming[]) => void) {
    for (const id of ["choose", "add"]) element(id, HTMLButtonElement).addEventListener("click", () => this.#file.click());
    this.#file.addEventListener("change", () => {
      this.#take(this.#file.files);
      // So that choosing the same file again is a change again.
      this.#file.value = "";
    });
    document.addEventListener("paste", (event) => this.#take(event.clipboardData?.files));
    wireDrop((files) => this.#take(files));
  }

  #take(files: FileList | null | undefined): void {
    if (files?.length) this.onFiles([...files].map((file) => ({ name: file.name, blob: file })));
  }
}
