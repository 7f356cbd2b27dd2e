import type { MyArchive } from "../../client/contracts.generated.ts";
import { create, setText } from "../elements.ts";
import { RequestError } from "../request.ts";
import { archiveConsent, deleteFaces, holdFaces, optIn, ownArchive, withdraw } from "./archive.ts";
import { keptOfMe } from "./corrections.ts";
import { FaceGallery } from "./faceGallery.ts";
import { strings } from "./strings.ts";

/**
 * The face archive on a page: opting in and out, and the person's stored faces. Hidden if the server stores none and has none
 * stored. The page adds `root`, and calls `offer` on start and for every session whose faces are the person's own.
 */
export class FaceArchive {
  readonly root = create("section", "face-archive");
  readonly #agree = create("input");
  readonly #hint = create("p", "hint");
  readonly #said = create("p", "said");
  readonly #show = create("button", "quiet");
  readonly #deleteAll = create("button", "quiet danger", strings.archiveDeleteAll);
  readonly #gallery = new FaceGallery(ownArchive, (id) => void this.#attempt(() => this.#delete(id)), (work) => void this.#attempt(work));
  readonly #closed = new AbortController();
  #session: string | undefined;
  #isOpen = false;

  constructor() {
    this.root.dataset["testid"] = "face-archive";
    this.root.setAttribute("aria-label", strings.archiveTitle);
    this.root.hidden = true;
    this.#agree.type = "checkbox";
    this.#agree.dataset["testid"] = "face-archive-agree";
    this.#agree.addEventListener("change", () => void this.#attempt(() => (this.#agree.checked ? this.#optIn() : this.#withdraw())));
    this.#said.setAttribute("role", "status");
    this.#said.dataset["testid"] = "face-archive-said";
    this.#show.type = this.#deleteAll.type = "button";
    this.#show.dataset["testid"] = "face-archive-show";
    this.#show.addEventListener("click", () => {
      this.#open(!this.#isOpen);
      // They may open below the visible part of a scrolling panel.
      if (this.#isOpen) this.#gallery.root.scrollIntoView({ block: "nearest" });
    });
    this.#deleteAll.addEventListener("click", () => void this.#attempt(() => this.#delete()));
    const label = create("label", "toggle");
    label.append(this.#agree, create("span", "", strings.archiveAgree));
    const row = create("div", "row");
    row.append(label, this.#show);
    this.root.append(this.#hint, row, this.#said, this.#gallery.root, this.#deleteAll);
    this.#open(false);
    keptOfMe.addEventListener("changed", () => void this.#refresh(), { signal: this.#closed.signal });
  }

  /** Stops listening when the page no longer needs it. */
  close(): void {
    this.#closed.abort();
  }

  /** @param session The session with the person's own face, if any; it keeps the face for corrections if they have opted in. */
  async offer(session?: string): Promise<void> {
    this.#session = session;
    const mine = await this.#refresh();
    if (mine?.optedIn) await this.#attempt(() => this.#hold());
  }

  async #optIn(): Promise<void> {
    await optIn();
    await this.#hold();
    await this.#refresh();
    setText(this.#said, strings.archiveOn);
  }

  async #hold(): Promise<void> {
    if (!this.#session) return;
    try {
      await holdFaces(this.#session);
    } catch (error) {
      // The session has ended; the next one is offered again.
      if (!(error instanceof RequestError) || error.code !== "unknown_session") throw error;
      this.#session = undefined;
    }
  }

  async #withdraw(): Promise<void> {
    const deleted = await withdraw();
    await this.#refresh();
    setText(this.#said, strings.archiveOff(deleted));
  }

  async #delete(id?: string): Promise<void> {
    if (!id && !window.confirm(strings.archiveDeleteSure)) return;
    await deleteFaces(id);
    await this.#refresh();
    setText(this.#said, id ? strings.archiveDeleted : strings.archiveDeletedAll);
    // The pressed button disappeared with the last face.
    if (document.activeElement === document.body) this.#agree.focus();
  }

  /** Shows the server's state. Errors are not shown: the person may not have asked for anything. */
  async #refresh(): Promise<MyArchive | undefined> {
    const mine = await ownArchive().catch(() => undefined);
    if (!mine) return undefined;
    const { enabled, optedIn, total } = mine;
    archiveConsent.given = enabled && optedIn;
    this.root.hidden = !enabled && total === 0;
    this.#agree.checked = optedIn;
    this.#agree.disabled = !enabled && !optedIn;
    setText(this.#hint, !enabled ? strings.archiveNoMore : optedIn ? strings.archiveHintOn : strings.archiveHint);
    setText(this.#show, strings.archiveShow(total));
    this.#show.hidden = total === 0;
    this.#gallery.show(mine);
    this.#open(total > 0 && this.#isOpen);
    return mine;
  }

  #open(open: boolean): void {
    this.#isOpen = open;
    this.#gallery.root.hidden = !open;
    this.#deleteAll.hidden = !open;
    this.#show.setAttribute("aria-expanded", String(open));
  }

  /** Runs a request and shows what went wrong. */
  async #attempt(work: () => Promise<void>): Promise<void> {
    setText(this.#said, "");
    try {
      await work();
    } catch (error) {
      await this.#refresh();
      const code = error instanceof RequestError ? error.code : "unreachable";
      setText(this.#said, strings.archiveErrors[code] ?? strings.correctionProblems[code] ?? strings.archiveFailed);
    }
  }
}
