import type { ConnectionState } from "../../client/emotionConnection.ts";
import { showProblem } from "../../kit/alert.ts";
import { download, fileName } from "../../kit/download.ts";
import { element, setText } from "../../kit/elements.ts";
import { shared } from "../../kit/strings.ts";
import type { Recorder } from "./recorder.ts";
import { strings } from "./strings.ts";

export type PageState = ConnectionState | "ready" | "opening";

const stateWords: Readonly<Record<PageState, string>> = { ...shared.states, ...strings.states };

export interface ControlActions {
  start(): void;
  stop(): void;
  snapshot(): Promise<Blob | undefined>;
  readonly recorder: Recorder;
}

/** How long a message about an event stays before the state is shown again. */
const tellMilliseconds = 4000;
const countMilliseconds = 1000;

/** Start, stop, snapshot and export buttons; the status line, the error line and the "analysis on" sign. */
export class Controls {
  readonly #start = element("start", HTMLButtonElement);
  readonly #stop = element("stop", HTMLButtonElement);
  readonly #snapshot = element("snapshot", HTMLButtonElement);
  readonly #csv = element("export-csv", HTMLButtonElement);
  readonly #json = element("export-json", HTMLButtonElement);
  readonly #exportHint = element("export-hint", HTMLElement);
  readonly #status = element("status", HTMLElement);
  readonly #error = element("error", HTMLElement);
  readonly #live = element("live", HTMLElement);
  readonly #sign = element("sign", HTMLElement);
  readonly #model = element("model", HTMLElement);
  #state: PageState = "ready";
  #telling = 0;

  constructor(actions: ControlActions) {
    this.#start.addEventListener("click", () => actions.start());
    this.#stop.addEventListener("click", () => actions.stop());
    this.#snapshot.addEventListener("click", () => void this.#save(actions.snapshot(), "png"));
    this.#csv.addEventListener("click", () => download(new Blob([actions.recorder.toCsv()], { type: "text/csv" }), fileName("csv")));
    this.#json.addEventListener("click", () => download(new Blob([actions.recorder.toJson()], { type: "application/json" }), fileName("json")));
    window.setInterval(() => this.#showCount(actions.recorder.readings), countMilliseconds);
    this.showState("ready");
  }

  showState(state: PageState, canStart = false): void {
    this.#state = state;
    const busy = state !== "ready" && state !== "stopped";
    this.#start.disabled = busy || !canStart;
    this.#stop.disabled = !busy;
    this.#snapshot.disabled = state !== "running" && state !== "reconnecting";
    // Frames may leave the browser in these states only.
    this.#sign.hidden = state !== "running" && state !== "reconnecting";
    this.#status.dataset["state"] = state;
    this.#live.dataset["state"] = state;
    this.#showStatus(stateWords[state]);
  }

  /** Shows a message in the status line for a moment. */
  tell(text: string): void {
    // The state is set right after this and would overwrite it.
    queueMicrotask(() => {
      this.#showStatus(text);
      this.#telling = window.setTimeout(() => this.#showStatus(stateWords[this.#state]), tellMilliseconds);
    });
  }

  showError(text: string | undefined): void {
    showProblem(this.#error, text);
  }

  showModel(name: string): void {
    this.#model.hidden = false;
    setText(this.#model, `${strings.model}: ${name}`);
  }

  #showStatus(text: string): void {
    window.clearTimeout(this.#telling);
    setText(this.#status, text);
  }

  #showCount(readings: number): void {
    this.#csv.disabled = this.#json.disabled = readings === 0;
    setText(this.#exportHint, readings === 0 ? "" : strings.exportHint(readings));
  }

  async #save(blob: Promise<Blob | undefined>, extension: string): Promise<void> {
    const made = await blob;
    if (made) download(made, fileName(extension));
  }
}
