import { Call } from "../../client/call.ts";
import { CallMedia } from "../../client/callMedia.ts";
import type { Started } from "../../client/contracts.ts";
import type { ConnectionState } from "../../client/emotionConnection.ts";
import { ConnectionError } from "../../client/hub.ts";
import { element, setText } from "../../kit/elements.ts";
import { explainRefusal } from "../../kit/explain.ts";
import { keep, readKept } from "../../kit/keptRestFace.ts";
import { OwnHistory } from "../../kit/ownHistory.ts";
import { CallControls } from "./callControls.ts";
import { CallView } from "./callView.ts";
import { JoinForm, type Choice, type Joining } from "./joinForm.ts";
import { OwnReadings } from "./ownReadings.ts";
import { strings } from "./strings.ts";

/** One stay in the call, from joining to leaving. */
interface Stay {
  readonly call: Call;
  readonly media: CallMedia;
  readonly readings: OwnReadings;
  readonly view: CallView;
  entered: boolean;
  muted: boolean;
  choice: Choice;
  /** The session of this person's readings, while there is one. */
  session: string | undefined;
}

/** The room page's life: a person agrees, joins the call, is analysed as far as it wants, and leaves. */
export class RoomPage {
  readonly #form: JoinForm;
  readonly #controls = new CallControls({
    mute: (muted) => this.#mute(muted),
    camera: (on) => this.#switchCamera(on),
    choose: (choice) => void this.#choose(choice),
    leave: () => this.#leave(),
  });
  readonly #page = element("call", HTMLElement);
  readonly #error = element("error", HTMLElement);
  readonly #ownHistory: OwnHistory;
  /** Says that readings are judged against the rest face that Live keeps in this browser. */
  readonly #restFace = element("rest-face-kept", HTMLElement);
  #stay: Stay | undefined;

  constructor(
    private readonly room: string,
    name: string | undefined,
    private readonly token: string | undefined,
  ) {
    this.#ownHistory = new OwnHistory(room);
    this.#restFace.hidden = readKept() === undefined;
    element("rest-face-reset", HTMLButtonElement).addEventListener("click", () => this.#forgetRestFace());
    setText(element("room-name", HTMLElement), room);
    this.#form = new JoinForm(name, (joining) => this.#join(joining));
  }

  /** Asks the server first: nobody's camera is opened for a call that is full. */
  #join(joining: Joining): void {
    this.#form.joining = true;
    this.#showError(undefined);
    const stay = (this.#stay = this.#createStay(joining));
    stay.call.join();
  }

  #createStay({ name, choice, purpose }: Joining): Stay {
    const { room, token } = this;
    const view = new CallView(room, name);
    const stay: Stay = {
      view,
      call: new Call(
        { room, name, ...(token ? { token } : {}) },
        {
          stateChanged: (state) => this.#stateChanged(stay, state),
          joined: (participant, stream) => view.add(participant, stream),
          left: (id) => view.remove(id),
          told: (id, about) => view.tell(id, about),
          connected: (id, connected) => view.showConnected(id, connected),
          updated: (update) => view.update(update),
          refused: (error) => this.#end(stay, explainRefusal(error)),
        },
      ),
      media: new CallMedia(() => void this.#cameraChanged(stay)),
      readings: new OwnReadings({
        room,
        name,
        token,
        purpose,
        onMeasured: (measured, resumeToken) => view.measured(measured, resumeToken),
        onSession: (session) => {
          stay.session = session;
          this.#tell(stay);
        },
        onStarted: (started) => {
          if (started.correctable) view.started(started.resumeToken);
          this.#started(started);
        },
      }),
      entered: false,
      muted: false,
      choice,
      session: undefined,
    };
    return stay;
  }

  #started(started: Started): void {
    void this.#ownHistory.started(started);
    const kept = readKept();
    // A rest face that another model took fits no longer; Live takes a new one.
    if (kept && kept.model !== started.model.emotion) this.#forgetRestFace();
  }

  #forgetRestFace(): void {
    keep(undefined);
    this.#restFace.hidden = true;
    // If the connection is broken, the next session starts without it.
    this.#stay?.readings.forgetRestFace().catch(() => undefined);
  }

  #stateChanged(stay: Stay, state: ConnectionState): void {
    if (stay !== this.#stay) return;
    stay.view.showState(state);
    if (stay.entered) return;
    if (state === "running") void this.#enter(stay);
    else this.#showError(state === "reconnecting" ? strings.unreachableYet : undefined);
  }

  async #enter(stay: Stay): Promise<void> {
    stay.entered = true;
    this.#form.hide();
    this.#page.hidden = false;
    element("content", HTMLElement).focus({ preventScroll: true });
    window.scrollTo(0, 0);
    this.#showError(undefined);
    this.#tell(stay);
    const problem = await stay.media.open();
    if (stay !== this.#stay) return;
    if (problem) this.#showError(strings.callProblems[problem]);
    try {
      await this.#analyse(stay);
    } catch (error) {
      this.#end(stay, explainFailure(error));
    }
  }

  /** Leaves nothing of the analysis running that was not chosen, or has no camera to look through. */
  async #analyse(stay: Stay): Promise<void> {
    const { view, media } = stay;
    view.own.play(media.stream);
    view.chose(media.hasCamera ? stay.choice : "off");
    const changed = stay.readings.choose(media.hasCamera ? stay.choice : "off", view.own.video);
    this.#tell(stay);
    await changed;
    this.#tell(stay);
  }

  async #choose(choice: Choice): Promise<void> {
    const stay = this.#stay;
    if (!stay) return;
    stay.choice = choice;
    this.#showError(undefined);
    await this.#analyseOrSayWhyNot(stay);
  }

  async #switchCamera(on: boolean): Promise<void> {
    const stay = this.#stay;
    if (!stay) return;
    this.#showError(undefined);
    if (on) {
      const problem = await stay.media.openCamera();
      if (stay === this.#stay && problem) this.#showError(strings.callProblems[problem]);
    } else {
      stay.media.closeCamera();
    }
    await this.#cameraChanged(stay);
  }

  async #cameraChanged(stay: Stay): Promise<void> {
    if (stay === this.#stay) await this.#analyseOrSayWhyNot(stay);
  }

  async #analyseOrSayWhyNot(stay: Stay): Promise<void> {
    try {
      await this.#analyse(stay);
    } catch (error) {
      if (stay !== this.#stay) return;
      stay.choice = "off";
      stay.view.chose("off");
      this.#showError(explainFailure(error));
      this.#tell(stay);
    }
  }

  #mute(muted: boolean): void {
    const stay = this.#stay;
    if (!stay) return;
    stay.muted = stay.media.muted = muted;
    this.#tell(stay);
  }

  /** Tells the others, and this page's own signs, what is on and what is off. */
  #tell(stay: Stay): void {
    if (stay !== this.#stay) return;
    const { call, media, readings, view, muted, choice } = stay;
    const shared = choice === "full" || choice === "badge";
    const about = { camera: media.hasCamera, microphone: media.hasMicrophone && !muted, session: shared ? stay.session : undefined };
    call.show(media.tracks, about);
    view.own.showAbout(about);
    this.#controls.showMicrophone(media.hasMicrophone, muted);
    this.#controls.showCamera(media.hasCamera);
    this.#controls.showChoice(choice);
    this.#controls.showAnalysis(readings.running);
  }

  #leave(): void {
    if (this.#stay) this.#end(this.#stay, undefined);
  }

  /** Ends camera, microphone, analysis and call at once. */
  #end(stay: Stay, reason: string | undefined): void {
    if (stay !== this.#stay) return;
    this.#stay = undefined;
    stay.media.close();
    void stay.readings.stop();
    void stay.call.leave();
    stay.view.close();
    this.#page.hidden = true;
    this.#controls.showAnalysis(false);
    this.#form.show();
    this.#showError(reason);
  }

  #showError(text: string | undefined): void {
    this.#error.hidden = text === undefined;
    setText(this.#error, text ?? "");
  }
}

function explainFailure(error: unknown): string {
  return error instanceof ConnectionError && error.problem === "refused" ? explainRefusal(error) : strings.analysisFailed;
}
