import type { HeadFigures, LearningReport } from "../../client/contracts.generated.ts";
import { confusionMatrix } from "../../kit/confusionMatrix.ts";
import { create, element } from "../../kit/elements.ts";
import { recallBar } from "../../kit/figures.ts";
import { number, percent } from "../../kit/numbers.ts";
import { strings } from "./strings.ts";

type FigureSet = "replay" | "corrections";

/** Two versions' recall per expression and confusion matrices, side by side. */
export class Comparison {
  readonly #set = element("compare-set", HTMLSelectElement);
  readonly #sides = strings.side.map((name) => new Side(name, () => this.#draw()));
  readonly #alone = create("p", "placeholder", strings.nothingBeside);
  #report: LearningReport | undefined;

  constructor() {
    this.#set.replaceChildren(...Object.entries(strings.sets).map(([value, name]) => new Option(name, value)));
    this.#set.addEventListener("change", () => this.#draw());
    element("sides", HTMLElement).replaceChildren(...this.#sides.map((side) => side.root), this.#alone);
  }

  show(report: LearningReport): void {
    this.#report = report;
    const measured = report.versions.filter(({ figures }) => figures.replay !== null || figures.corrections !== null);
    element("compare", HTMLElement).hidden = report.configured.replay === null && measured.length === 0;
    const choices = [...measured.map(({ id }) => ({ id, name: strings.version(String(id)) })), { id: 0, name: strings.configured }];
    this.#sides[0]?.offer(choices, 0);
    this.#sides[1]?.offer(choices, report.active || (measured[0]?.id ?? 0));
    this.#alone.hidden = measured.length > 0;
    for (const second of this.#sides.slice(1)) second.root.hidden = measured.length === 0;
    this.#draw();
  }

  #draw(): void {
    for (const side of this.#sides) side.draw(this.#figures(side.chosen));
  }

  #figures(id: number): HeadFigures | null {
    const set = this.#set.value as FigureSet;
    if (id === 0) return set === "replay" ? (this.#report?.configured.replay ?? null) : null;
    return this.#report?.versions.find((version) => version.id === id)?.figures[set] ?? null;
  }
}

class Side {
  readonly root = create("div", "side");
  readonly #picker = create("select");
  readonly #figures = create("div", "figures");
  #touched = false;
  #drawn = "";

  constructor(name: string, changed: () => void) {
    this.#picker.setAttribute("aria-label", name);
    this.#picker.addEventListener("change", () => {
      this.#touched = true;
      changed();
    });
    this.root.append(this.#picker, this.#figures);
  }

  get chosen(): number {
    return Number(this.#picker.value);
  }

  /** Keeps the person's choice; until there is one, follows the active version. */
  offer(choices: readonly { readonly id: number; readonly name: string }[], suggested: number): void {
    const kept = this.#touched && choices.some(({ id }) => id === this.chosen) ? this.chosen : suggested;
    this.#picker.replaceChildren(...choices.map(({ id, name }) => new Option(name, String(id), false, id === kept)));
  }

  draw(figures: HeadFigures | null): void {
    // The report is polled while something runs; unchanged content keeps its scroll position and focus.
    const now = JSON.stringify(figures);
    if (now === this.#drawn) return;
    this.#drawn = now;
    if (!figures) return this.#figures.replaceChildren(create("p", "hint", strings.noFigures));
    const bars = create("ul", "bars recalls");
    bars.append(...figures.perLabel.map(({ label, recall, faces }) => recallBar(label, recall, faces, number(faces))));
    this.#figures.replaceChildren(create("p", "accuracy", strings.recall(percent(figures.accuracy), number(figures.faces))), bars, confusionMatrix(figures));
  }
}
