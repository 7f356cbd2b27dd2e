import type { CorrectionReport, CorrectionPage } from "../../client/contracts.generated.ts";
import { emotionLabels } from "../../client/contracts.ts";
import { create, element } from "../../kit/elements.ts";
import { language } from "../../kit/language.ts";
import { number } from "../../kit/numbers.ts";
import { shared } from "../../kit/strings.ts";
import { ask } from "./operator.ts";
import { strings } from "./strings.ts";

const pageSize = 20;
const dates = new Intl.DateTimeFormat(language, { dateStyle: "short", timeStyle: "short" });

/** The corrections, with filters and delete buttons. */
export class CorrectionList {
  readonly #label = element("filter-label", HTMLSelectElement);
  readonly #answer = element("filter-answer", HTMLSelectElement);
  readonly #contributor = element("filter-contributor", HTMLSelectElement);
  readonly #eraseShown = element("erase-shown", HTMLButtonElement);
  readonly #more = element("more", HTMLButtonElement);
  readonly #body = create("tbody");
  readonly #contributors = new Set<string>();
  #total = 0;
  #oldest: number | undefined;

  constructor(
    private readonly attempt: (work: () => Promise<void>) => void,
    private readonly changed: () => void,
  ) {
    for (const select of [this.#label, this.#answer])
      select.replaceChildren(new Option(strings.all, ""), ...emotionLabels.map((label) => new Option(shared.emotions[label], label)));
    for (const select of [this.#label, this.#answer, this.#contributor]) select.addEventListener("change", () => attempt(() => this.load()));
    this.#more.addEventListener("click", () => attempt(() => this.#add()));
    this.#eraseShown.addEventListener("click", () => this.#eraseContributor());
    const table = create("table", "corrections");
    const head = table.createTHead().insertRow();
    for (const text of [strings.when, strings.said, strings.answered, strings.contributor, strings.source, strings.use]) {
      const cell = create("th", "", text);
      cell.scope = "col";
      head.append(cell);
    }
    head.append(create("td"));
    table.append(this.#body);
    const box = create("div", "scroll");
    box.tabIndex = 0;
    box.append(table);
    element("corrections", HTMLElement).replaceChildren(box);
  }

  async load(): Promise<void> {
    this.#oldest = undefined;
    const page = await this.#ask();
    this.#body.replaceChildren(...page.corrections.map((correction) => this.#row(correction)));
    this.#show(page);
  }

  async #add(): Promise<void> {
    const page = await this.#ask();
    this.#body.append(...page.corrections.map((correction) => this.#row(correction)));
    this.#show(page);
  }

  #ask(): Promise<CorrectionPage> {
    const query = new URLSearchParams({ limit: String(pageSize) });
    for (const [name, value] of [["label", this.#label.value], ["answer", this.#answer.value], ["contributor", this.#contributor.value]] as const)
      if (value) query.set(name, value);
    if (this.#oldest !== undefined) query.set("before", String(this.#oldest));
    return ask<CorrectionPage>("GET", `corrections?${query}`);
  }

  #show({ total, corrections }: CorrectionPage): void {
    this.#total = total;
    this.#oldest = corrections.at(-1)?.at ?? this.#oldest;
    this.#more.hidden = corrections.length < pageSize;
    const filtered = [this.#label, this.#answer, this.#contributor].some(({ value }) => value !== "");
    element("corrections-count", HTMLElement).textContent = total > 0 ? strings.count(number(total)) : filtered ? strings.noneMatch : strings.none;
    element("corrections", HTMLElement).hidden = total === 0;
    for (const { contributor } of corrections) this.#contributors.add(contributor);
    this.#offerContributors();
    // The server deletes by contributor or everything, not by label.
    this.#eraseShown.textContent = this.#contributor.value ? strings.eraseShown : strings.eraseAll;
    this.#eraseShown.hidden = total === 0 || this.#label.value !== "" || this.#answer.value !== "";
  }

  #offerContributors(): void {
    const chosen = this.#contributor.value;
    if (this.#contributor.options.length === this.#contributors.size + 1) return;
    this.#contributor.replaceChildren(new Option(strings.all, ""), ...[...this.#contributors].sort().map((id) => new Option(short(id), id, false, id === chosen)));
  }

  #row({ id, at, label, answer, contributor, source, heldOut, counts }: CorrectionReport): HTMLTableRowElement {
    const row = create("tr");
    const when = create("th", "", dates.format(at));
    when.scope = "row";
    const theirs = create("button", "link", short(contributor));
    theirs.type = "button";
    theirs.addEventListener("click", () => {
      this.#contributor.value = contributor;
      this.attempt(() => this.load());
    });
    const erase = create("button", "quiet danger", strings.erase);
    erase.type = "button";
    erase.addEventListener("click", () => this.#erase(`corrections?id=${encodeURIComponent(id)}`));
    const use = !counts ? strings.other : heldOut ? strings.heldOut : strings.learned;
    row.append(when, emotionCell(label), emotionCell(answer), cell(theirs), create("td", "", strings.sources[source] ?? source), cell(create("span", "tag", use)), cell(erase));
    return row;
  }

  #eraseContributor(): void {
    if (!window.confirm(strings.eraseAsk(number(this.#total)))) return;
    const contributor = this.#contributor.value;
    this.#contributor.value = "";
    this.#contributors.delete(contributor);
    this.#erase(contributor ? `corrections?contributor=${encodeURIComponent(contributor)}` : "corrections?all=true");
  }

  #erase(path: string): void {
    this.attempt(async () => {
      await ask("DELETE", path);
      await this.load();
      this.changed();
    });
  }
}

function emotionCell(label: CorrectionReport["label"]): HTMLTableCellElement {
  const dot = create("i", "dot");
  dot.style.background = `var(--${label})`;
  return cell(dot, shared.emotions[label]);
}

function cell(...content: (Node | string)[]): HTMLTableCellElement {
  const made = create("td");
  made.append(...content);
  return made;
}

function short(contributor: string): string {
  return contributor.slice(0, 8);
}
