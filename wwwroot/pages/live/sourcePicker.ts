import { listCameras } from "../../client/cameraSource.ts";
import { wireDrop } from "../../kit/dropZone.ts";
import { element } from "../../kit/elements.ts";
import { strings } from "./strings.ts";

/** The source that the person chose. */
export type Choice = { readonly kind: "camera"; readonly deviceId?: string } | { readonly kind: "demo" } | { readonly kind: "file"; readonly file: File };

/** The three source buttons, the list of cameras, and files dropped anywhere on the page. */
export class SourcePicker {
  readonly #buttons = {
    camera: element("source-camera", HTMLButtonElement),
    demo: element("source-demo", HTMLButtonElement),
    file: element("source-file", HTMLButtonElement),
  };
  readonly #file = element("file", HTMLInputElement);
  readonly #camera = element("camera", HTMLSelectElement);
  readonly #cameraField = element("camera-field", HTMLElement);
  #kind: Choice["kind"] | undefined;

  constructor(private readonly onChoice: (choice: Choice) => void) {
    this.#buttons.camera.addEventListener("click", () => onChoice(this.#chosenCamera()));
    this.#buttons.demo.addEventListener("click", () => onChoice({ kind: "demo" }));
    this.#buttons.file.addEventListener("click", () => this.#file.click());
    this.#file.addEventListener("change", () => this.#takeFile(this.#file.files));
    this.#camera.addEventListener("change", () => onChoice(this.#chosenCamera()));
    navigator.mediaDevices?.addEventListener("devicechange", () => void (this.#kind === "camera" && this.listCameras(this.#camera.value)));
    wireDrop((files) => this.#takeFile(files));
  }

  /** Marks the source that is in use. */
  mark(kind: Choice["kind"] | undefined): void {
    this.#kind = kind;
    for (const [name, button] of Object.entries(this.#buttons)) button.setAttribute("aria-pressed", String(name === kind));
    this.#cameraField.hidden = kind !== "camera" || this.#camera.length === 0;
  }

  /** Fills the list of cameras; they have names only once the person has allowed one. */
  async listCameras(current: string | undefined): Promise<void> {
    const cameras = await listCameras();
    this.#camera.replaceChildren(
      ...cameras.map((camera, index) => new Option(camera.label || strings.cameraNumber(index + 1), camera.deviceId, false, camera.deviceId === current)),
    );
    this.mark(this.#kind);
  }

  #chosenCamera(): Choice {
    return this.#camera.value ? { kind: "camera", deviceId: this.#camera.value } : { kind: "camera" };
  }

  #takeFile(files: FileList | null | undefined): void {
    const file = files?.[0];
    if (file) this.onChoice({ kind: "file", file });
    // So that choosing the same file again fires another change event.
    this.#file.value = "";
  }
}
