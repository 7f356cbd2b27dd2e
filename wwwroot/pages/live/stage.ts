import type { DrawnFace } from "../../client/boxSmoother.ts";
import type { Measured } from "../../client/contracts.ts";
import { sizeOf, type FrameSource } from "../../client/frameSource.ts";
import { Overlay } from "../../client/overlay.ts";
import { appearance, barNames } from "../../kit/appearance.ts";
import { element, setText } from "../../kit/elements.ts";

/** The picture with its overlay: shows one source at a time, and takes snapshots of both together. */
export class Stage {
  readonly #stage = element("stage", HTMLElement);
  readonly #media = element("media", HTMLElement);
  readonly #empty = element("empty", HTMLElement);
  readonly #caption = element("caption", HTMLElement);
  readonly #canvas = element("overlay", HTMLCanvasElement);
  readonly #bars = element("show-bars", HTMLInputElement);
  readonly #heatmap = element("show-heatmap", HTMLInputElement);
  readonly #mirror = element("mirror", HTMLInputElement);
  readonly #overlay: Overlay;
  #source: FrameSource | undefined;
  #watch = 0;

  constructor(selectedId: () => string | undefined) {
    this.#overlay = new Overlay(this.#canvas, () => ({
      mirrored: this.#mirror.checked,
      bars: this.#bars.checked,
      heatmap: this.#heatmap.checked,
      selectedId: selectedId(),
      caption: (face: DrawnFace) => appearance(face.reading),
      barName: (index: number) => barNames[index] ?? "",
    }));
    this.#mirror.addEventListener("change", () => this.#applyMirror());
  }

  show(source: FrameSource): void {
    this.clear();
    this.#source = source;
    this.#mirror.checked = source.mirrored;
    this.#media.replaceChildren(source.element);
    this.#applyMirror();
    this.#empty.hidden = true;
    this.#overlay.start();
    this.#follow();
    // A detached video pauses in some browsers when it is put into the page.
    if (source.element instanceof HTMLVideoElement) void source.element.play().catch(() => undefined);
  }

  update(measured: Measured): void {
    this.#overlay.show(measured);
  }

  clear(): void {
    window.clearInterval(this.#watch);
    this.#source = undefined;
    this.#overlay.stop();
    this.#media.replaceChildren();
    this.#caption.hidden = true;
    this.#empty.hidden = false;
  }

  /** The picture and its overlay as one PNG, at the picture's own size. */
  async snapshot(): Promise<Blob | undefined> {
    const source = this.#source;
    if (!source) return undefined;
    const { width, height } = sizeOf(source.element);
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext("2d");
    if (!context || width === 0) return undefined;
    if (this.#mirror.checked) context.setTransform(-1, 0, 0, 1, width, 0);
    context.drawImage(source.element, 0, 0);
    context.setTransform(1, 0, 0, 1, 0, 0);
    this.#overlay.drawOnto(context, width, height);
    if (source.kind === "demo") drawCaption(context, source.caption ?? "", width, height);
    return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), "image/png"));
  }

  /** Keeps the stage's aspect ratio and caption up to date: a video knows its size late, and turning a phone changes it. */
  #follow(): void {
    const follow = () => {
      if (!this.#source) return;
      const { width, height } = sizeOf(this.#source.element);
      if (width > 0) this.#stage.style.setProperty("--shape", String(width / height));
      const caption = this.#source.caption;
      this.#caption.hidden = !caption;
      setText(this.#caption, caption ?? "");
    };
    follow();
    this.#watch = window.setInterval(follow, 250);
  }

  #applyMirror(): void {
    this.#media.classList.toggle("mirrored", this.#mirror.checked);
  }
}

/** A composite looks like a person, so a snapshot of one says that it is not. */
function drawCaption(context: CanvasRenderingContext2D, caption: string, width: number, height: number): void {
  context.font = "500 14px system-ui, sans-serif";
  context.textAlign = "center";
  context.fillStyle = "#fff";
  context.fillText(caption, width / 2, height - 16);
}
