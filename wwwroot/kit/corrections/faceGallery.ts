import type { ArchivedFaceReport } from "../../client/contracts.generated.ts";
import { create, setText } from "../elements.ts";
import { language } from "../language.ts";
import { shared } from "../strings.ts";
import { pageSize, type FacePage } from "./archive.ts";
import { drawFace } from "./drawFace.ts";
import { strings } from "./strings.ts";

const dates = new Intl.DateTimeFormat(language, { dateStyle: "short", timeStyle: "short" });

/** Stored faces, newest first, each with its correction and a delete button. */
export class FaceGallery {
  readonly root = create("div", "kept-faces");
  readonly #list = create("ul");
  readonly #more = create("button", "quiet", strings.archiveMore);
  #oldest: number | undefined;

  /**
   * @param load Loads a page of faces older than a time.
   * @param remove Deletes a face; the caller then reloads the list.
   */
  constructor(
    private readonly load: (before: number) => Promise<FacePage>,
    private readonly remove: (id: string) => void,
    attempt: (work: () => Promise<void>) => void,
  ) {
    this.#more.type = "button";
    this.#more.addEventListener("click", () => attempt(() => this.#add()));
    this.root.append(this.#list, this.#more);
  }

  show(page: FacePage): void {
    // Keyboard focus stays in the list after a deletion.
    const at = [...this.#list.children].findIndex((item) => item.contains(document.activeElement));
    this.#list.replaceChildren(...page.faces.map((face) => this.#item(face)));
    this.#went(page);
    if (at >= 0) this.#list.children[Math.min(at, page.faces.length - 1)]?.querySelector("button")?.focus();
  }

  async #add(): Promise<void> {
    if (this.#oldest === undefined) return;
    const page = await this.load(this.#oldest);
    this.#list.append(...page.faces.map((face) => this.#item(face)));
    this.#went(page);
  }

  #went({ faces }: FacePage): void {
    this.#oldest = faces.at(-1)?.at;
    this.#more.hidden = faces.length < pageSize;
  }

  #item(face: ArchivedFaceReport): HTMLLIElement {
    const { id, at, label, answer, pixels, problem } = face;
    const [said, when] = [shared.emotions[label], dates.format(at)];
    const item = create("li");
    item.dataset["testid"] = "kept-face";
    item.style.setProperty("--emotion", `var(--${label})`);
    const picture = pixels ? drawFace(pixels) : create("span", "unread");
    if (problem) setText(picture, strings.archiveProblems[problem] ?? problem);
    else {
      picture.setAttribute("role", "img");
      picture.setAttribute("aria-label", strings.archivedFace(said, shared.emotions[answer], when));
    }
    const erase = create("button", "link", strings.archiveDelete);
    erase.type = "button";
    erase.setAttribute("aria-label", strings.archiveDeleteOf(said, when));
    erase.addEventListener("click", () => this.remove(id));
    item.append(picture, create("b", "", said), create("small", "", strings.archiveAnswer(shared.emotions[answer])), create("small", "", when), erase);
    return item;
  }
}
