import { Call } from "../../client/call.ts";
import { CallMedia } from "../../client/callMedia.ts";
import type { Started } from "../../client/contracts.ts";
import type { ConnectionState } from "../../client/emotionConnection.ts";
import { ConnectionError } from "../../client/hub.ts";
import { showProblem } from "../../kit/alert.ts";
import { element, setText } from "../../kit/elements.ts";
import { explainRefusal } from "../../kit/explain.ts";
import { keep, readKept } from "../../kit/keptRestFace.ts";
import { OwnHistory } from "../../kit/ownHistory.ts";
import { CallControls } from "./callControls.ts";
import { CallView } from "./callView.ts";
import { JoinForm, type Choice, type Joining } from "./joinForm.ts";
import { OwnReadings } from "./ownReadings.ts";
import { strings } from "./strings.ts";

/** One visit to the call, from joining to leaving. */
interface Visit {
  readonly call: Call;
  readonly media: CallMedia;
  readonly readings: OwnReadings;
  readonly view: CallView;
  entered: boolean;
  muted: boolean;
  choice: Choice;
  /** The session of this person's readings, if any. */
  session: string | undefined;
}

/** The Room page: a person agrees, joins the call, is analyzed as far as they want, and leaves. */
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
  /** Notes that readings are measured against the resting face that Live stored in this browser. */
  readonly #restFace = element("rest-face-kept", HTMLElement);
  #visit: Visit | undefined;

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
    // Debian's WebKitGTK has no WebRTC, nor have browsers that hide their owner's address.
    if (typeof RTCPeerConnection === "undefined") {
      this.#form.disable();
      this.#showError(strings.noCalls);
    }
  }

  /** Joins before opening the camera, so that no camera is opened for a full call. */
  #join(joining: Joining): void {
    this.#form.joining = true;
    this.#showError(undefined);
    const visit = (this.#visit = this.#createVisit(joining));
    visit.call.join();
  }

  #createVisit({ name, choice, purpose }: Joining): Visit {
    const { room, token } = this;
    const view = new CallView(room, name);
    const visit: Visit = {
      view,
      call: new Call(
        { room, name, ...(token ? { token } : {}) },
        {
          stateChanged: (state) => this.#stateChanged(visit, state),
          joined: (participant, stream) => view.add(participant, stream),
          left: (id) => view.remove(id),
          told: (id, about) => view.tell(id, about),
          connected: (id, connected) => view.showConnected(id, connected),
          updated: (update) => view.update(update),
          refused: (error) => this.#end(visit, explainRefusal(error)),
        },
      ),
      media: new CallMedia(() => void this.#cameraChanged(visit)),
      readings: new OwnReadings({
        room,
        name,
        token,
        purpose,
        onMeasured: (measured, resumeToken) => view.measured(measured, resumeToken),
        onSession: (session) => {
          visit.session = session;
          this.#tell(visit);
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
    return visit;
  }

  #started(started: Started): void {
    void this.#ownHistory.started(started);
    const kept = readKept();
    // A resting face recorded with another model does not apply; Live can record a new one.
    if (kept && kept.model !== started.model.emotion) this.#forgetRestFace();
  }

  #forgetRestFace(): void {
    keep(undefined);
    this.#restFace.hidden = true;
    // If the connection is broken, the next session starts without it.
    this.#visit?.readings.forgetRestFace().catch(() => undefined);
  }

  #stateChanged(visit: Visit, state: ConnectionState): void {
    if (visit !== this.#visit) return;
    visit.view.showState(state);
    if (visit.entered) return;
    if (state === "running") void this.#enter(visit);
    else this.#showError(state === "reconnecting" ? strings.unreachableYet : undefined);
  }

  async #enter(visit: Visit): Promise<void> {
    visit.entered = true;
    this.#form.hide();
    this.#page.hidden = false;
    element("content", HTMLElement).focus({ preventScroll: true });
    window.scrollTo(0, 0);
    this.#showError(undefined);
    this.#tell(visit);
    const problem = await visit.media.open();
    if (visit !== this.#visit) return;
    if (problem) this.#showError(strings.callProblems[problem]);
    try {
      await this.#analyze(visit);
    } catch (error) {
      // Whoever may not be read here, may not be in the call either. Any other failure costs the readings only.
      if (error instanceof ConnectionError && error.problem === "refused") this.#end(visit, explainFailure(error));
      else this.#goOnUnread(visit, error);
    }
  }

  /** Runs the analysis as chosen, and only while there is a camera. */
  async #analyze(visit: Visit): Promise<void> {
    const { view, media } = visit;
    view.own.play(media.stream);
    view.chose(media.hasCamera ? visit.choice : "off");
    const changed = visit.readings.choose(media.hasCamera ? visit.choice : "off", view.own.video);
    this.#tell(visit);
    await changed;
    this.#tell(visit);
  }

  async #choose(choice: Choice): Promise<void> {
    const visit = this.#visit;
    if (!visit) return;
    visit.choice = choice;
    this.#showError(undefined);
    await this.#analyzeOrExplain(visit);
  }

  async #switchCamera(on: boolean): Promise<void> {
    const visit = this.#visit;
    if (!visit) return;
    this.#showError(undefined);
    if (on) {
      const problem = await visit.media.openCamera();
      if (visit === this.#visit && problem) this.#showError(strings.callProblems[problem]);
    } else {
      visit.media.closeCamera();
    }
    await this.#cameraChanged(visit);
  }

  async #cameraChanged(visit: Visit): Promise<void> {
    if (visit === this.#visit) await this.#analyzeOrExplain(visit);
  }

  async #analyzeOrExplain(visit: Visit): Promise<void> {
    try {
      await this.#analyze(visit);
    } catch (error) {
      this.#goOnUnread(visit, error);
    }
  }

  #goOnUnread(visit: Visit, error: unknown): void {
    if (visit !== this.#visit) return;
    visit.choice = "off";
    visit.view.chose("off");
    this.#showError(explainFailure(error));
    this.#tell(visit);
  }

  #mute(muted: boolean): void {
    const visit = this.#visit;
    if (!visit) return;
    visit.muted = visit.media.muted = muted;
    this.#tell(visit);
  }

  /** Updates the others, and this page's own controls, on what is on and off. */
  #tell(visit: Visit): void {
    if (visit !== this.#visit) return;
    const { call, media, readings, view, muted, choice } = visit;
    const shared = choice === "full" || choice === "badge";
    const about = { camera: media.hasCamera, microphone: media.hasMicrophone && !muted, session: shared ? visit.session : undefined };
    call.show(media.tracks, about);
    view.own.showAbout(about);
    this.#controls.showMicrophone(media.hasMicrophone, muted);
    this.#controls.showCamera(media.hasCamera);
    this.#controls.showChoice(choice);
    this.#controls.showAnalysis(readings.running);
  }

  #leave(): void {
    if (this.#visit) this.#end(this.#visit, undefined);
  }

  /** Ends camera, microphone, analysis and call immediately. */
  #end(visit: Visit, reason: string | undefined): void {
    if (visit !== this.#visit) return;
    this.#visit = undefined;
    visit.media.close();
    void visit.readings.stop();
    void visit.call.leave();
    visit.view.close();
    this.#page.hidden = true;
    this.#controls.showAnalysis(false);
    this.#form.show();
    this.#showError(reason);
  }

  #showError(text: string | undefined): void {
    showProblem(this.#error, text);
  }
}

function explainFailure(error: unknown): string {
  return error instanceof ConnectionError && error.problem === "refused" ? explainRefusal(error) : strings.analysisFailed;
}
