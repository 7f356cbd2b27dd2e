import { demoSequence, type DemoIndex } from "../../client/demoIndex.ts";
import { showProblem } from "../../kit/alert.ts";
import { FaceArchive } from "../../kit/corrections/faceArchive.ts";
import { download, fileName } from "../../kit/download.ts";
import { element, setText } from "../../kit/elements.ts";
import { RecommendationPanel } from "../../kit/recommendations/recommendationPanel.ts";
import { shared } from "../../kit/strings.ts";
import { toCsv, toJson, type ReadPicture } from "./exportRows.ts";
import { FacePanel } from "./facePanel.ts";
import { Intake, type Incoming } from "./intake.ts";
import { Picture } from "./picture.ts";
import { PictureStrip } from "./pictureStrip.ts";
import { PictureView } from "./pictureView.ts";
import { headline, problemText } from "./sentences.ts";
import { strings } from "./strings.ts";

/** Pictures on the page at once, since each is kept in memory. */
const maxPictures = 60;

/** Pictures sent at once, so that a whole folder does not crowd out other users. */
const atOnce = 3;

/** The Pictures page: pictures are added and read, and one of them is on the stage with one face selected. */
export class UploadPage {
  readonly #intro = element("notice", HTMLElement);
  readonly #work = element("upload", HTMLElement);
  readonly #error = element("error", HTMLElement);
  readonly #announcer = element("announcer", HTMLElement);
  readonly #exports = ["export-csv", "export-json"].map((id) => element(id, HTMLButtonElement));
  readonly #view = new PictureView(
    (id) => this.#selectFace(id),
    () => this.#current && this.#enqueue([this.#current]),
  );
  readonly #faces = new FacePanel((id) => this.#selectFace(id));
  readonly #archive = new FaceArchive();
  readonly #strip = new PictureStrip(
    (picture) => this.#choose(picture),
    (picture) => this.#remove(picture),
  );
  readonly #recommendations = new RecommendationPanel(element("recommendations", HTMLElement), {
    name: strings.recommendFromPicture,
    missing: strings.recommendNoFace,
    take: () => this.#current?.selected?.emotions,
  });
  #pictures: Picture[] = [];
  #current: Picture | undefined;
  #waiting: Picture[] = [];
  #busy = 0;

  constructor() {
    element("faces-panel", HTMLElement).append(this.#archive.root);
    void this.#archive.offer();
    new Intake((files) => this.#take(files));
    element("demo", HTMLButtonElement).addEventListener("click", () => void this.#takeDemo());
    element("remove-all", HTMLButtonElement).addEventListener("click", () => this.#clear());
    this.#wireExport("export-csv", "csv", "text/csv", toCsv);
    this.#wireExport("export-json", "json", "application/json", toJson);
    this.#show();
  }

  #take(files: readonly Incoming[]): void {
    const room = maxPictures - this.#pictures.length;
    this.#showError(files.length > room ? strings.tooManyPictures(maxPictures) : undefined);
    const added = files.slice(0, room).map(({ name, blob, caption }) => new Picture(name || strings.pastedPicture, blob, caption));
    if (added.length === 0) return;
    const first = this.#pictures.length === 0;
    this.#pictures.push(...added);
    this.#current = added[0];
    this.#enqueue(added);
    if (first) element("add", HTMLButtonElement).focus();
  }

  /** Adds one composite for each expression. */
  async #takeDemo(): Promise<void> {
    try {
      const reply = await fetch("demo/index.json");
      if (!reply.ok) throw new Error(reply.statusText);
      const index = (await reply.json()) as DemoIndex;
      const faces = demoSequence(index).slice(0, Object.keys(index.emotions).length);
      this.#take(
        await Promise.all(
          faces.map(async ({ file, people }) => ({ name: file, blob: await (await fetch(`demo/${file}`)).blob(), caption: shared.demoCaption(people) })),
        ),
      );
    } catch {
      this.#showError(shared.problems["demo-missing"]);
    }
  }

  #enqueue(pictures: readonly Picture[]): void {
    this.#waiting.push(...pictures);
    for (const picture of pictures) picture.problem = undefined;
    this.#show();
    while (this.#busy < atOnce && this.#waiting.length > 0) void this.#readNext();
  }

  async #readNext(): Promise<void> {
    const picture = this.#waiting.shift();
    if (!picture) return;
    this.#busy++;
    await picture.read(() => this.#show());
    this.#busy--;
    if (this.#pictures.includes(picture)) this.#arrived(picture);
    void this.#readNext();
  }

  #arrived(picture: Picture): void {
    this.#show();
    if (picture.problem === "key_required") this.#showError(shared.keyRequired);
    if (picture !== this.#current) return;
    this.#announce(picture);
    if (picture.selected) this.#recommendations.faceChanged();
  }

  #choose(picture: Picture): void {
    this.#current = picture;
    this.#show();
    this.#announce(picture);
    this.#recommendations.faceChanged();
  }

  #selectFace(id: string): void {
    if (!this.#current || this.#current.selectedId === id) return;
    this.#current.selectedId = id;
    this.#show();
    this.#announce(this.#current);
    this.#recommendations.faceChanged();
  }

  #remove(picture: Picture): void {
    const at = this.#pictures.indexOf(picture);
    picture.remove();
    this.#pictures = this.#pictures.filter((other) => other !== picture);
    this.#waiting = this.#waiting.filter((other) => other !== picture);
    if (this.#current === picture) this.#current = this.#pictures[Math.min(at, this.#pictures.length - 1)];
    this.#show();
    if (this.#pictures.length === 0) element("choose", HTMLButtonElement).focus();
  }

  #clear(): void {
    for (const picture of this.#pictures) picture.remove();
    this.#pictures = [];
    this.#waiting = [];
    this.#current = undefined;
    this.#showError(undefined);
    this.#show();
    element("choose", HTMLButtonElement).focus();
  }

  #show(): void {
    this.#intro.hidden = this.#pictures.length > 0;
    this.#work.hidden = this.#pictures.length === 0;
    this.#view.show(this.#current);
    this.#faces.show(this.#current);
    this.#strip.show(this.#pictures, this.#current);
    for (const button of this.#exports) button.disabled = this.#readPictures().length === 0;
  }

  #announce(picture: Picture): void {
    const face = picture.selected;
    const text = picture.problem
      ? `${picture.name}: ${problemText(picture.problem)}`
      : face
        ? `${strings.pictureFaces(picture.reading?.faces.length ?? 0)}. ${strings.face(face.id)}: ${headline(face)}`
        : picture.reading
          ? strings.pictureNoFace
          : "";
    setText(this.#announcer, text);
  }

  #showError(text: string | undefined): void {
    showProblem(this.#error, text);
  }

  #readPictures(): ReadPicture[] {
    return this.#pictures.flatMap(({ name, reading }) => (reading ? [{ name, reading }] : []));
  }

  #wireExport(id: string, extension: string, type: string, write: (pictures: readonly ReadPicture[]) => string): void {
    element(id, HTMLButtonElement).addEventListener("click", () => download(new Blob([write(this.#readPictures())], { type }), fileName(extension)));
  }
}
