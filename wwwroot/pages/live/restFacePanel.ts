import type { Measured, Started } from "../../client/contracts.ts";
import { RestFaceHold, type RestFace } from "../../client/restFace.ts";
import { element, setText } from "../../kit/elements.ts";
import { keep, readKept } from "../../kit/keptRestFace.ts";
import { shared } from "../../kit/strings.ts";
import { strings } from "./strings.ts";

const countMilliseconds = 100;

/** Records a resting face while the person holds a neutral face for three seconds. It ends with the session unless it is saved. */
export class RestFacePanel {
  readonly #root = element("rest-face", HTMLElement);
  readonly #text = element("rest-face-text", HTMLElement);
  readonly #hold = element("rest-face-hold", HTMLButtonElement);
  readonly #reset = element("rest-face-reset", HTMLButtonElement);
  readonly #keep = element("rest-face-keep", HTMLInputElement);
  readonly #keepLabel = element("rest-face-keep-label", HTMLElement);
  #model: string | undefined;
  #reading: RestFace | undefined;
  #holding: RestFaceHold | undefined;
  #timer = 0;

  /** `judge` sends a resting face to the server, or undefined to read faces as they are. */
  constructor(private readonly judge: (reading: RestFace | undefined) => Promise<void>) {
    const kept = readKept();
    this.#reading = kept?.reading;
    this.#model = kept?.model;
    this.#keep.checked = kept !== undefined;
    this.#hold.addEventListener("click", () => void this.#begin());
    this.#reset.addEventListener("click", () => void this.#forget());
    this.#keep.addEventListener("change", () => this.#store());
    this.#show();
    this.#hold.disabled = true;
  }

  /** The resting face that a session starts with. */
  get reading(): RestFace | undefined {
    return this.#reading;
  }

  started(started: Started): void {
    this.#hold.disabled = this.#holding !== undefined;
    if (this.#reading && this.#model !== started.model.emotion) void this.#forget(strings.restFaceOtherModel);
    this.#model = started.model.emotion;
  }

  measured(measured: Measured): void {
    this.#holding?.add(measured, performance.now());
  }

  stopped(): void {
    this.#endHold();
    this.#hold.disabled = true;
    if (!this.#keep.checked) this.#reading = undefined;
    this.#show();
  }

  async #begin(): Promise<void> {
    this.#hold.disabled = true;
    // A resting face is recorded from unadjusted readings.
    if (!(await this.#tryJudge(undefined))) return;
    this.#holding = new RestFaceHold(performance.now());
    this.#timer = window.setInterval(() => this.#count(), countMilliseconds);
    this.#count();
  }

  #count(): void {
    const left = this.#holding?.secondsLeft(performance.now()) ?? 0;
    if (left > 0) this.#show(strings.restFaceHolding(Math.ceil(left)));
    else void this.#finish();
  }

  async #finish(): Promise<void> {
    const taken = this.#holding?.finish() ?? "nobody";
    this.#endHold();
    this.#hold.disabled = false;
    if (typeof taken !== "string" && (await this.#tryJudge(taken))) {
      this.#store();
      this.#show();
      // The pressed button was disabled meanwhile and lost the focus.
      if (document.activeElement === document.body) this.#hold.focus();
    } else if (typeof taken === "string") this.#show(taken === "several" ? strings.restFaceSeveral : strings.restFaceNobody);
  }

  async #forget(why?: string): Promise<void> {
    await this.#tryJudge(undefined);
    this.#keep.checked = false;
    this.#store();
    const focused = document.activeElement === this.#reset;
    this.#show(why);
    if (focused) this.#hold.focus();
  }

  /** If the connection breaks, the server's answer may not come; the next session then starts with this resting face. */
  async #tryJudge(reading: RestFace | undefined): Promise<boolean> {
    try {
      this.#reading = reading;
      await this.judge(reading);
      return true;
    } catch {
      this.#hold.disabled = false;
      this.#show(strings.restFaceFailed);
      return false;
    }
  }

  #store(): void {
    const kept = this.#keep.checked && this.#reading && this.#model ? { model: this.#model, reading: this.#reading } : undefined;
    if (!keep(kept)) this.#keep.checked = false;
  }

  #endHold(): void {
    window.clearInterval(this.#timer);
    this.#holding = undefined;
  }

  #show(text?: string): void {
    const on = this.#reading !== undefined;
    this.#root.dataset["state"] = this.#holding ? "holding" : on ? "on" : "off";
    this.#reset.hidden = this.#keepLabel.hidden = !on;
    setText(this.#hold, on ? strings.restFaceAgain : strings.restFaceHold);
    setText(this.#text, text ?? (on ? shared.restFaceOn : strings.restFaceHint));
  }
}
