import { element, setText } from "../../kit/elements.ts";
import { choices, type Choice } from "./joinForm.ts";
import { strings } from "./strings.ts";

export interface CallActions {
  mute(muted: boolean): void;
  /** Completes when the camera is on or off, or could not be opened. */
  camera(on: boolean): Promise<void>;
  choose(choice: Choice): void;
  leave(): void;
}

/** The switches of a participant during the call, and the "analysis on" sign. */
export class CallControls {
  readonly #microphone = element("microphone", HTMLButtonElement);
  readonly #microphoneText = element("microphone-text", HTMLElement);
  readonly #camera = element("camera", HTMLButtonElement);
  readonly #cameraText = element("camera-text", HTMLElement);
  readonly #share = element("share", HTMLSelectElement);
  readonly #sign = element("sign", HTMLElement);
  readonly #stop = element("stop", HTMLButtonElement);
  #muted = false;
  #cameraOn = false;

  constructor(actions: CallActions) {
    for (const choice of choices) this.#share.add(new Option(strings.shareChoices[choice], choice));
    this.#microphone.addEventListener("click", () => {
      this.showMicrophone(true, !this.#muted);
      actions.mute(this.#muted);
    });
    this.#camera.addEventListener("click", () => {
      this.#camera.disabled = true;
      void actions.camera(!this.#cameraOn).finally(() => (this.#camera.disabled = false));
    });
    this.#share.addEventListener("change", () => actions.choose(this.#share.value as Choice));
    this.#stop.addEventListener("click", () => {
      // The button disappears with what it stops.
      this.#share.focus();
      actions.choose("off");
    });
    element("leave", HTMLButtonElement).addEventListener("click", () => actions.leave());
  }

  showMicrophone(present: boolean, muted: boolean): void {
    this.#muted = muted;
    this.#microphone.disabled = !present;
    this.#microphone.classList.toggle("is-off", muted || !present);
    setText(this.#microphoneText, present ? (muted ? strings.unmute : strings.mute) : strings.noMicrophone);
  }

  showCamera(on: boolean): void {
    this.#cameraOn = on;
    this.#camera.classList.toggle("is-off", !on);
    setText(this.#cameraText, on ? strings.cameraOff : strings.cameraOn);
  }

  showChoice(choice: Choice): void {
    this.#share.value = choice;
  }

  /** Pictures leave the browser for analysis only while the sign is visible. */
  showAnalysis(on: boolean): void {
    this.#sign.hidden = this.#stop.hidden = !on;
  }
}
