import type { Measured, Started } from "../../client/contracts.ts";
import { RestFaceHold, type RestFace } from "../../client/restFace.ts";
import { element, setText } from "../../kit/elements.ts";
import { keep, readKept } from "../../kit/keptRestFace.ts";
import { shared } from "../../kit/strings.ts";
import { strings } from "./strings.ts";

const countMilliseconds = 100;

/** Lets a person hold a neutral face for three seconds and have readings judged against it; it ends with the session unless it is kept. */
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

  /** `judge` has the server judge against a rest face, or with nothing read faces as they are. */
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

  /** What a session starts with. */
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
    // A rest face is taken from readings as they are.
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
      // The button that was pressed was disabled meanwhile, and with that the focus was gone.
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

  /** The server's answer may not come, when the connection breaks; the next session then starts with what holds here. */
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
