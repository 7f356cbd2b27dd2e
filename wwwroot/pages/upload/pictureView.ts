import type { FaceReading } from "../../client/contracts.ts";
import { drawOverlay } from "../../client/drawOverlay.ts";
import type { StillFace } from "../../client/stills.ts";
import { create, element, setText } from "../../kit/elements.ts";
import type { Picture } from "./picture.ts";
import { headline, problemText } from "./sentences.ts";
import { strings } from "./strings.ts";

/** The stage's aspect ratio while there is no picture. */
const emptyShape = "2.2";

/** If each face has less width than this, in CSS pixels, only the selected one has a caption. */
const roomForCaption = 130;

/** The picture with a button over each face; the arrow keys move from face to face. */
export class PictureView {
  readonly #stage = element("stage", HTMLElement);
  readonly #image = element("picture", HTMLImageElement);
  readonly #canvas = element("overlay", HTMLCanvasElement);
  readonly #marks = element("marks", HTMLElement);
  readonly #heatmap = element("show-heatmap", HTMLInputElement);
  readonly #message = element("stage-message", HTMLElement);
  readonly #retry = element("retry", HTMLButtonElement);
  readonly #caption = element("caption", HTMLElement);
  #picture: Picture | undefined;

  constructor(
    private readonly onSelect: (id: string) => void,
    onRetry: () => void,
  ) {
    this.#heatmap.addEventListener("change", () => this.#draw());
    this.#retry.addEventListener("click", onRetry);
    this.#image.addEventListener("load", () => this.#fit());
    this.#marks.addEventListener("keydown", (event) => this.#step(event));
    new ResizeObserver(() => this.#draw()).observe(this.#canvas);
  }

  show(picture: Picture | undefined): void {
    this.#picture = picture;
    this.#image.hidden = !picture?.url;
    this.#shape(picture);
    if (picture?.url && this.#image.src !== picture.url) this.#image.src = picture.url;
    this.#image.alt = picture ? strings.pictureAlt(picture.name) : "";
    this.#caption.hidden = !picture?.caption;
    setText(this.#caption, picture?.caption ?? "");
    this.#showMessage(picture);
    this.#showMarks(picture);
    this.#draw();
  }

  /** The reading may arrive before the browser has decoded the picture, and the marks need the right aspect ratio. */
  #shape(picture: Picture | undefined): void {
    const { width, height } = picture?.reading ?? { width: 0, height: 0 };
    if (height > 0) this.#stage.style.setProperty("--shape", String(width / height));
    else if (!picture?.url) this.#stage.style.setProperty("--shape", emptyShape);
  }

  #showMessage(picture: Picture | undefined): void {
    const text = picture?.problem ? `${picture.name}: ${problemText(picture.problem)}` : picture?.reading ? "" : strings.pictureReading;
    this.#message.hidden = text === "";
    this.#message.dataset["state"] = picture?.problem ? "failed" : "reading";
    setText(element("stage-text", HTMLElement), text);
    this.#retry.hidden = !picture?.canRetry;
  }

  #showMarks(picture: Picture | undefined): void {
    const faces = picture?.reading?.faces ?? [];
    const focused = this.#marks.contains(document.activeElement);
    this.#marks.hidden = faces.length === 0;
    this.#marks.replaceChildren(...faces.map((face) => this.#mark(face, face.id === picture?.selectedId)));
    if (focused) this.#marks.querySelector<HTMLElement>("[aria-checked=true]")?.focus();
  }

  #mark(face: StillFace, selected: boolean): HTMLButtonElement {
    const mark = create("button", "mark");
    mark.type = "button";
    mark.dataset["testid"] = "mark";
    mark.dataset["faceId"] = face.id;
    mark.setAttribute("role", "radio");
    mark.setAttribute("aria-checked", String(selected));
    mark.title = `${strings.face(face.id)}: ${headline(face)}`;
    mark.setAttribute("aria-label", mark.title);
    // A single tab stop, however many faces there are.
    mark.tabIndex = selected ? 0 : -1;
    const [x, y, width, height] = face.box;
    mark.style.left = `${100 * x}%`;
    mark.style.top = `${100 * y}%`;
    mark.style.width = `${100 * width}%`;
    mark.style.height = `${100 * height}%`;
    mark.addEventListener("click", () => this.onSelect(face.id));
    return mark;
  }

  #step(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const faces = this.#picture?.reading?.faces ?? [];
    if (!step || faces.length === 0) return;
    event.preventDefault();
    const at = faces.findIndex((face) => face.id === this.#picture?.selectedId);
    this.onSelect(faces[(at + step + faces.length) % faces.length]!.id);
  }

  /** The stage takes the picture's aspect ratio, so that marks and drawing match the faces. */
  #fit(): void {
    const { naturalWidth, naturalHeight } = this.#image;
    if (naturalHeight > 0) this.#stage.style.setProperty("--shape", String(naturalWidth / naturalHeight));
    this.#draw();
  }

  #draw(): void {
    const faces = (this.#picture?.reading?.faces ?? []).map(asReading);
    const selectedId = this.#picture?.selectedId;
    const crowded = this.#canvas.clientWidth < roomForCaption * faces.length;
    drawOverlay(this.#canvas, { faces }, {
      bars: false,
      heatmap: this.#heatmap.checked,
      selectedId,
      caption: ({ reading }) => (crowded && reading.id !== selectedId ? "" : headline(reading)),
    });
  }
}

/** A still face as the overlay draws it. */
function asReading(face: StillFace): FaceReading {
  return { ...face, age: 0, still: face.emotions };
}
