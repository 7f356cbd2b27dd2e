import { wireDrop } from "../../kit/dropZone.ts";
import { element } from "../../kit/elements.ts";

/** A picture that the person added, and its name. */
export interface Incoming {
  readonly name: string;
  readonly blob: Blob;
  /** A caption that must be shown with it. */
  readonly caption?: string;
}

/** Takes pictures that are dropped, pasted or chosen in the browser's dialog. */
export class Intake {
  readonly #file = element("file", HTMLInputElement);

  constructor(private readonly onFiles: (files: readonly Incoming[]) => void) {
    for (const id of ["choose", "add"]) element(id, HTMLButtonElement).addEventListener("click", () => this.#file.click());
    this.#file.addEventListener("change", () => {
      this.#take(this.#file.files);
      // So that choosing the same file again fires another change event.
      this.#file.value = "";
    });
    document.addEventListener("paste", (event) => this.#take(event.clipboardData?.files));
    wireDrop((files) => this.#take(files));
  }

  #take(files: FileList | null | undefined): void {
    if (files?.length) this.onFiles([...files].map((file) => ({ name: file.name, blob: file })));
  }
}
