import type { LearningReport, VersionReport } from "../../client/contracts.generated.ts";
import { create, element } from "../../kit/elements.ts";
import { figure } from "../../kit/figures.ts";
import { language } from "../../kit/language.ts";
import { number, percent, signed } from "../../kit/numbers.ts";
import { strings } from "./strings.ts";

const dates = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });

/** Every version with its measurements; versions that passed can be promoted. */
export class VersionList {
  readonly #list = element("versions", HTMLUListElement);

  constructor(private readonly promote: (id: number) => void) {}

  show(report: LearningReport): void {
    this.#list.replaceChildren(...report.versions.map((version) => this.#item(version, report)), configured(report));
  }

  #item(version: VersionReport, report: LearningReport): HTMLElement {
    const { figures } = version;
    const item = create("li", version.active ? "version active" : "version");
    item.dataset["testid"] = "version";
    const detail =
      version.kind === "learned"
        ? strings.learnedFrom(number(figures.learnedFrom), number(figures.people))
        : `${version.file} · ${version.modelSha256.slice(0, 12)}`;
    item.append(head(strings.version(String(version.id)), `${strings.kinds[version.kind] ?? version.kind} · ${dates.format(version.at)}`, detail));
    const measured = create("dl", "measured");
    if (figures.replay) {
      const shipped = report.configured.replay?.accuracy;
      measured.append(figure(strings.replayAccuracy, percent(figures.replay.accuracy), shipped === undefined ? "" : change(figures.replay.accuracy - shipped)));
    }
    if (figures.after !== null && figures.before !== null)
      measured.append(figure(strings.groupAccuracy, percent(figures.after), change(figures.after - figures.before)));
    item.append(measured, this.#outcome(version));
    if (version.refusal) item.append(create("p", "hint why", version.refusal));
    return item;
  }

  #outcome(version: VersionReport): HTMLElement {
    const box = create("div", "outcome");
    box.append(create("span", `tag ${version.active ? "good" : ""}`, version.active ? strings.active : version.refusal ? strings.notPassed : strings.passed));
    if (!version.active && !version.refusal) {
      const button = create("button", "quiet", strings.promote);
      button.type = "button";
      button.setAttribute("aria-label", `${strings.promote}: ${strings.version(String(version.id))}`);
      button.addEventListener("click", () => this.promote(version.id));
      box.append(button);
    }
    return box;
  }
}

function configured(report: LearningReport): HTMLElement {
  const item = create("li", report.active === 0 ? "version active" : "version");
  item.append(head(strings.configured, report.configured.file, report.configured.sha256.slice(0, 12)));
  const measured = create("dl", "measured");
  if (report.configured.replay) measured.append(figure(strings.replayAccuracy, percent(report.configured.replay.accuracy), ""));
  const outcome = create("div", "outcome");
  if (report.active === 0) outcome.append(create("span", "tag good", strings.active));
  item.append(measured, outcome);
  return item;
}

function head(title: string, line: string, detail: string): HTMLElement {
  const box = create("div", "what");
  box.append(create("b", "", title), create("span", "hint", line), create("span", "hint", detail));
  return box;
}

function change(share: number): string {
  return strings.change(signed(100 * share, 1));
}
