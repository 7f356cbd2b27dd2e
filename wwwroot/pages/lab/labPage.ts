import type { LearningReport, LearningState, VersionReport } from "../../client/contracts.generated.ts";
import { element, setText } from "../../kit/elements.ts";
import { figure } from "../../kit/figures.ts";
import { number, percent } from "../../kit/numbers.ts";
import { RequestError } from "../../kit/request.ts";
import { ArchiveList } from "./archiveList.ts";
import { Comparison } from "./comparison.ts";
import { CorrectionList } from "./correctionList.ts";
import { ask, operatorKey } from "./operator.ts";
import { strings } from "./strings.ts";
import { VersionList } from "./versionList.ts";

/** Polling interval while something runs. */
const lookMilliseconds = 700;

/** The lab: asks for the key if needed, shows the report, and follows a retraining until it ends. */
export class LabPage {
  readonly #archive = new ArchiveList((work) => this.#attempt(work));
  // Deleting a correction deletes its face, too.
  readonly #corrections = new CorrectionList((work) => this.#attempt(work), () => this.#attempt(() => this.#erased()));
  readonly #versions = new VersionList((id) => this.#attempt(() => this.#change(`learning/versions/${id}/promote`)));
  readonly #comparison = new Comparison();
  readonly #retrain = element("retrain", HTMLButtonElement);
  readonly #rollback = element("rollback", HTMLButtonElement);
  readonly #problem = element("problem", HTMLElement);
  #following = false;

  constructor() {
    this.#retrain.addEventListener("click", () => this.#attempt(() => this.#change("learning/retrain")));
    this.#rollback.addEventListener("click", () => {
      if (window.confirm(strings.rollbackAsk)) this.#attempt(() => this.#change("learning/rollback"));
    });
    element("key-form", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      operatorKey.set(element("key", HTMLInputElement).value);
      this.start();
    });
    const upload = element("upload", HTMLInputElement);
    upload.addEventListener("change", () => {
      const file = upload.files?.[0];
      if (file) this.#attempt(() => this.#upload(file));
      upload.value = "";
    });
  }

  start(): void {
    this.#attempt(async () => {
      await this.#refresh();
      await this.#corrections.load();
      await this.#archive.load();
      element("lab", HTMLElement).hidden = false;
      element("key-form", HTMLFormElement).hidden = true;
    });
  }

  /** Runs a request of the operator and shows what went wrong. */
  #attempt(work: () => Promise<void>): void {
    this.#tell(undefined);
    work().catch((error: unknown) => this.#explain(error));
  }

  #explain(error: unknown): void {
    if (error instanceof RequestError && error.code === "operator_key_required") return this.#askForKey();
    this.#tell(error instanceof RequestError && error.code !== "unreachable" ? error.message : strings.unreachable);
  }

  #askForKey(): void {
    element("key-form", HTMLFormElement).hidden = false;
    if (operatorKey.get()) this.#tell(strings.keyWrong);
    element("key", HTMLInputElement).focus();
  }

  #tell(text: string | undefined): void {
    this.#problem.hidden = text === undefined;
    this.#problem.textContent = text ?? "";
  }

  async #change(path: string): Promise<void> {
    await ask("POST", path);
    await this.#refresh();
  }

  async #upload(file: File): Promise<void> {
    const version = await ask<VersionReport>("POST", `models?name=${encodeURIComponent(file.name)}`, file);
    await this.#refresh();
    element("run", HTMLElement).hidden = false;
    setText(element("stage", HTMLElement), strings.uploaded(String(version.id)));
  }

  async #refresh(): Promise<void> {
    const report = await ask<LearningReport>("GET", "learning");
    this.#show(report);
    if (report.state.isRunning && !this.#following) void this.#follow();
  }

  async #erased(): Promise<void> {
    await this.#refresh();
    await this.#archive.load();
  }

  async #follow(): Promise<void> {
    this.#following = true;
    try {
      let state: LearningState | undefined;
      do {
        await new Promise((resolve) => setTimeout(resolve, lookMilliseconds));
        const report = await ask<LearningReport>("GET", "learning");
        this.#show(report);
        state = report.state;
      } while (state.isRunning);
    } catch (error) {
      this.#explain(error);
    } finally {
      this.#following = false;
    }
  }

  #show(report: LearningReport): void {
    this.#showState(report.state);
    const unavailable = element("unavailable", HTMLElement);
    unavailable.hidden = report.unavailable === null;
    unavailable.textContent = report.unavailable ?? "";
    this.#retrain.disabled = report.unavailable !== null || report.state.isRunning;
    this.#rollback.disabled = report.active === 0;
    const active = report.versions.find((version) => version.active);
    const replay = active ? active.figures.replay : report.configured.replay;
    element("headline", HTMLElement).replaceChildren(
      figure(strings.running, active ? strings.version(String(active.id)) : strings.configured, active?.file ?? report.configured.file),
      ...(replay ? [figure(strings.replayAccuracy, percent(replay.accuracy), strings.replayHint(number(replay.faces)))] : []),
      ...(active && active.figures.after !== null ? [figure(strings.groupAccuracy, percent(active.figures.after), strings.groupHint(percent(active.figures.before ?? 0)))] : []),
      figure(strings.kept, number(report.corrections), strings.keptHint),
    );
    this.#versions.show(report);
    this.#comparison.show(report);
  }

  #showState(state: LearningState): void {
    if (state.stage === "idle") return;
    element("run", HTMLElement).hidden = false;
    const progress = element("progress", HTMLProgressElement);
    progress.hidden = !state.isRunning;
    progress.value = state.progress;
    const said = strings.stages[state.stage](percent(state.progress, 0), String(state.version ?? ""));
    setText(element("stage", HTMLElement), [said, state.detail ?? ""].join(" ").trim());
  }
}
