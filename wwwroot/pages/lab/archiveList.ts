import { emotionLabels } from "../../client/contracts.ts";
import { pageSize, type FacePage } from "../../kit/corrections/archive.ts";
import { FaceGallery } from "../../kit/corrections/faceGallery.ts";
import { element } from "../../kit/elements.ts";
import { number } from "../../kit/numbers.ts";
import { shared } from "../../kit/strings.ts";
import { ask } from "./operator.ts";
import { strings } from "./strings.ts";

/** The stored faces, with a filter and delete buttons. */
export class ArchiveList {
  readonly #label = element("archive-label", HTMLSelectElement);
  readonly #delete = element("archive-delete", HTMLButtonElement);
  readonly #gallery: FaceGallery;
  #total = 0;

  constructor(private readonly attempt: (work: () => Promise<void>) => void) {
    this.#gallery = new FaceGallery((before) => this.#ask(before), (id) => this.#erase(`id=${encodeURIComponent(id)}`), attempt);
    this.#label.replaceChildren(new Option(strings.all, ""), ...emotionLabels.map((label) => new Option(shared.emotions[label], label)));
    this.#label.addEventListener("change", () => attempt(() => this.load()));
    this.#delete.addEventListener("click", () => {
      if (window.confirm(strings.archiveDeleteAsk(number(this.#total)))) this.#erase(this.#label.value ? `label=${this.#label.value}` : "all=true");
    });
    element("archive-faces", HTMLElement).replaceChildren(this.#gallery.root);
  }

  async load(): Promise<void> {
    const page = await this.#ask();
    this.#total = page.total;
    const filtered = this.#label.value !== "";
    element("archive-hint", HTMLElement).textContent = page.enabled ? strings.archiveHint : strings.archiveHintOff;
    element("archive-filters", HTMLElement).hidden = page.total === 0 && !filtered;
    element("archive-count", HTMLElement).textContent = page.total > 0 ? strings.archiveCount(number(page.total)) : filtered ? strings.archiveNoneMatch : strings.archiveNone;
    this.#delete.hidden = page.total === 0;
    this.#delete.textContent = filtered ? strings.archiveDeleteThese : strings.archiveDeleteAll;
    this.#gallery.show(page);
  }

  #ask(before?: number): Promise<FacePage> {
    const query = new URLSearchParams({ limit: String(pageSize) });
    if (this.#label.value) query.set("label", this.#label.value);
    if (before !== undefined) query.set("before", String(before));
    return ask<FacePage>("GET", `archive?${query}`);
  }

  #erase(which: string): void {
    this.attempt(async () => {
      await ask("DELETE", `archive?${which}`);
      await this.load();
      if (document.activeElement === document.body) this.#label.focus();
    });
  }
}
