import type { ConnectionState } from "../../client/emotionConnection.ts";
import { download, fileName } from "../../kit/download.ts";
import { element, setText } from "../../kit/elements.ts";
import { shared } from "../../kit/strings.ts";
import { toCsv, toJson, type Extract } from "./exportRows.ts";
import { strings } from "./strings.ts";
import { zooms, type Zoom } from "./view.ts";

export interface DashboardActions {
  zoom(minutes: Zoom): void;
  pause(paused: boolean): void;
  /** The data on screen, for export; undefined before the first update. */
  extract(): Extract | undefined;
}

/** Zoom, pause and export buttons, and the connection status. */
export class DashboardControls {
  readonly #status = element("status", HTMLElement);
  readonly #page = element("dashboard", HTMLElement);
  readonly #pause = element("pause", HTMLButtonElement);
  readonly #pauseText = element("pause-text", HTMLElement);
  readonly #tag = element("timeline-of", HTMLElement);
  readonly #needData = ["export-csv", "export-json", "marker-add", "pause"].map((id) => element(id, HTMLButtonElement));
  #state: ConnectionState = "connecting";
  #paused = false;
  #partial = false;

  constructor(actions: DashboardActions) {
    const buttons = zooms.map((minutes) => ({ minutes, button: element(`zoom-${minutes}`, HTMLButtonElement) }));
    const choose = (chosen: Zoom) => {
      for (const { minutes, button } of buttons) button.setAttribute("aria-pressed", String(minutes === chosen));
    };
    for (const { minutes, button } of buttons) {
      setText(button, strings.minutes(minutes));
      button.addEventListener("click", () => {
        choose(minutes);
        actions.zoom(minutes);
      });
    }
    choose(1);
    this.#pause.addEventListener("click", () => {
      this.#paused = !this.#paused;
      actions.pause(this.#paused);
      this.#show();
    });
    this.#wireExport("export-csv", "csv", "text/csv", toCsv, actions);
    this.#wireExport("export-json", "json", "application/json", toJson, actions);
    for (const button of this.#needData) button.disabled = true;
    this.#show();
  }

  showState(state: ConnectionState): void {
    this.#state = state;
    this.#show();
  }

  /** Whether people on other servers may be missing. */
  showPartial(partial: boolean): void {
    this.#partial = partial;
    this.#show();
  }

  showPeople(count: number): void {
    for (const button of this.#needData) button.disabled = false;
    this.#page.dataset["people"] = String(count);
  }

  /** Whose timeline is drawn, if not the room's. */
  showSubject(name: string | undefined): void {
    this.#tag.hidden = name === undefined;
    setText(this.#tag, name ?? "");
  }

  #show(): void {
    const running = this.#state === "running";
    const shown = this.#paused && running ? "paused" : this.#state;
    this.#page.dataset["state"] = this.#status.dataset["state"] = shown;
    const live = this.#partial ? strings.partial : strings.watching;
    setText(this.#status, shown === "paused" ? strings.paused : running ? live : shared.states[this.#state]);
    this.#pause.setAttribute("aria-pressed", String(this.#paused));
    setText(this.#pauseText, this.#paused ? strings.goOn : strings.pause);
  }

  #wireExport(id: string, extension: string, type: string, write: (extract: Extract) => string, actions: DashboardActions): void {
    element(id, HTMLButtonElement).addEventListener("click", () => {
      const extract = actions.extract();
      if (extract) download(new Blob([write(extract)], { type }), fileName(extension));
    });
  }
}
