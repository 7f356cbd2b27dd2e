import { Analysis } from "../../client/analysis.ts";
import { CameraSource } from "../../client/cameraSource.ts";
import type { Measured, Started } from "../../client/contracts.ts";
import { DemoSource } from "../../client/demoSource.ts";
import type { ConnectionState } from "../../client/emotionConnection.ts";
import { openFile } from "../../client/fileSource.ts";
import type { FrameSource } from "../../client/frameSource.ts";
import { pageTime } from "../../client/freshness.ts";
import type { ConnectionError } from "../../client/hub.ts";
import { FaceArchive } from "../../kit/corrections/faceArchive.ts";
import { element } from "../../kit/elements.ts";
import { explain } from "../../kit/explain.ts";
import { OwnHistory } from "../../kit/ownHistory.ts";
import type { Place } from "../../kit/place.ts";
import { RecommendationPanel } from "../../kit/recommendations/recommendationPanel.ts";
import { shared } from "../../kit/strings.ts";
import { Consent } from "./consent.ts";
import { Controls } from "./controls.ts";
import { FaceCards } from "./faceCards.ts";
import { RecentMood } from "./recentMood.ts";
import { Recorder } from "./recorder.ts";
import { RestFacePanel } from "./restFacePanel.ts";
import { SourcePicker, type Choice } from "./sourcePicker.ts";
import { Stage } from "./stage.ts";
import { Stats } from "./stats.ts";
import { strings } from "./strings.ts";
import { Timeline } from "./timeline.ts";

/** The Live page: a choice opens a source, the source is analyzed until it is stopped, and every answer goes to the views. */
export class LivePage {
  readonly #consent = new Consent(
    () => this.#controls.showError(undefined),
    () => void this.#stop(),
  );
  readonly #picker = new SourcePicker((choice) => void this.#run(choice));
  readonly #faces = new FaceCards(() => this.#ownToken);
  readonly #stage = new Stage(() => this.#faces.selectedId);
  readonly #timeline = new Timeline();
  readonly #stats = new Stats();
  readonly #recorder = new Recorder();
  readonly #restFace = new RestFacePanel((reading) => this.#analysis?.setRestFace(reading) ?? Promise.resolve());
  readonly #archive = new FaceArchive();
  readonly #ownHistory: OwnHistory;
  readonly #mood = new RecentMood();
  readonly #controls = new Controls({
    start: () => void (this.#choice && this.#run(this.#choice)),
    stop: () => void this.#stop(),
    snapshot: () => this.#stage.snapshot(),
    recorder: this.#recorder,
  });
  #choice: Choice | undefined;
  #analysis: Analysis | undefined;
  /** Counts starts and stops, so that a slow start can tell that it was superseded. */
  #turn = 0;
  #startedBefore = false;
  /** The session's token if the server accepts corrections and the camera shows the person's own face; faces in files and the demo can't be corrected. */
  #ownToken: string | undefined;

  constructor(private readonly place: Place) {
    this.#ownHistory = new OwnHistory(place.room);
    element("faces-panel", HTMLElement).append(this.#archive.root);
    void this.#archive.offer();
    new RecommendationPanel(element("recommendations", HTMLElement), {
      name: strings.recommendFromLive,
      missing: strings.recommendNoFaceLive,
      take: () => this.#mood.mean(performance.now()),
    });
  }

  /** Stops the current source and starts the chosen one. */
  async #run(choice: Choice): Promise<void> {
    if (!this.#consent.given) return this.#controls.showError(strings.consentFirst);
    const stopped = this.#stop();
    const turn = ++this.#turn;
    this.#choice = choice;
    this.#controls.showError(undefined);
    this.#controls.showState("opening");
    this.#picker.mark(choice.kind);
    await stopped;
    let source: FrameSource | undefined;
    try {
      source = await this.#open(choice);
      if (turn !== this.#turn) return source.stop();
      await this.#analyze(source);
    } catch (error) {
      source?.stop();
      if (turn !== this.#turn) return;
      await this.#stop();
      this.#controls.showError(explain(error));
    }
  }

  async #analyze(source: FrameSource): Promise<void> {
    this.#startedBefore = false;
    const analysis = new Analysis(
      source,
      { purpose: this.#consent.purpose, consent: true, wantHeatmap: true, restFace: this.#restFace.reading, ...this.place },
      {
        stateChanged: (state) => this.#stateChanged(analysis, state),
        started: (started) => this.#started(started),
        measured: (measured, latency) => this.#measured(measured, latency),
        rejected: (rejected) => this.#stats.rejected(rejected),
        refused: (error) => void this.#refused(analysis, error),
      },
    );
    this.#analysis = analysis;
    this.#stage.show(source);
    this.#stats.start(() => analysis.sending);
    this.#timeline.start();
    if (source instanceof CameraSource) void this.#picker.listCameras(source.deviceId);
    await analysis.start();
  }

  /** Stops camera and analysis immediately. */
  async #stop(): Promise<void> {
    this.#turn++;
    const analysis = this.#analysis;
    this.#analysis = undefined;
    this.#stage.clear();
    this.#faces.clear();
    this.#restFace.stopped();
    this.#mood.clear();
    this.#stats.stop();
    this.#timeline.stop();
    this.#picker.mark(undefined);
    this.#controls.showState("stopped", this.#choice !== undefined);
    await analysis?.stop();
  }

  #open(choice: Choice): Promise<FrameSource> {
    if (choice.kind === "demo") return DemoSource.open(shared.demoCaption);
    if (choice.kind === "file") return openFile(choice.file);
    const onLost = () => {
      void this.#stop();
      this.#controls.showError(shared.problems["camera-lost"]);
    };
    return CameraSource.open(choice.deviceId ? { deviceId: choice.deviceId, onLost } : { onLost });
  }

  #stateChanged(analysis: Analysis, state: ConnectionState): void {
    if (analysis === this.#analysis) this.#controls.showState(state);
  }

  async #refused(analysis: Analysis, error: ConnectionError): Promise<void> {
    if (analysis !== this.#analysis) return;
    await this.#stop();
    this.#controls.showError(explain(error));
  }

  #started(started: Started): void {
    this.#ownToken = this.#choice?.kind === "camera" && started.correctable ? started.resumeToken : undefined;
    this.#controls.showModel(started.model.emotion);
    this.#recorder.begin(started);
    this.#restFace.started(started);
    void this.#ownHistory.started(started);
    void this.#archive.offer(this.#ownToken);
    if (started.resumed) this.#controls.tell(strings.resumed);
    else {
      if (this.#startedBefore) this.#controls.tell(strings.restarted);
      this.#faces.clear();
      this.#timeline.clear();
    }
    this.#startedBefore = true;
  }

  #measured(measured: Measured, latency: number): void {
    this.#recorder.add(measured);
    this.#restFace.measured(measured);
    this.#stats.measured(measured, latency);
    this.#stage.update(measured);
    this.#timeline.add(measured.faces, measured.capturedAt / 1000);
    const selected = this.#faces.update(measured, pageTime());
    if (selected) this.#mood.add(selected, performance.now());
    this.#timeline.select(this.#faces.selectedId);
  }
}
