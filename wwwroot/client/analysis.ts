import { AdaptivePace } from "./adaptivePace.ts";
import type { Limits, Measured, Rejected, Share, Started, StartRequest } from "./contracts.ts";
import { EmotionConnection, type ConnectionState } from "./emotionConnection.ts";
import { FlowControl } from "./flowControl.ts";
import { FrameSender } from "./frameSender.ts";
import type { FrameSource } from "./frameSource.ts";
import { pageTime } from "./freshness.ts";
import type { ConnectionError } from "./hub.ts";

/** Callbacks of a running analysis. */
export interface AnalysisListener {
  stateChanged(state: ConnectionState): void;
  started(started: Started): void;
  /** `latency` is milliseconds from the picture's capture to this answer. */
  measured(measured: Measured, latency: number): void;
  rejected(rejected: Rejected): void;
  /** The server wants a key now that this browser does not have; the analysis has ended. */
  refused(error: ConnectionError): void;
}

/** Sends one source's pictures to the server until it is stopped; combines the connection, the pace and the sender. */
export class Analysis {
  readonly #flow = new FlowControl();
  readonly #pace = new AdaptivePace();
  readonly #life = new AbortController();
  readonly #connection: EmotionConnection;
  readonly #sender: FrameSender;
  #limits: Limits | undefined;

  constructor(
    readonly source: FrameSource,
    request: StartRequest,
    private readonly listener: AnalysisListener,
    url?: string,
  ) {
    this.#connection = new EmotionConnection(
      request,
      {
        stateChanged: (state) => listener.stateChanged(state),
        started: (started) => this.#started(started),
        measured: (measured) => this.#measured(measured),
        rejected: (rejected) => this.#rejected(rejected),
        refused: (error) => {
          void this.stop();
          listener.refused(error);
        },
      },
      url,
    );
    this.#sender = new FrameSender(source, this.#connection, this.#flow, this.#pace, () => this.#limits);
  }

  /** The sender's current rate, and the size of its last frame. */
  get sending(): { framesPerSecond: number; skipped: number; bytes: number; width: number; height: number } {
    const frame = this.#sender.lastFrame;
    return {
      framesPerSecond: this.#pace.framesPerSecond,
      skipped: this.#sender.skipped,
      bytes: frame?.jpeg.length ?? 0,
      width: frame?.width ?? 0,
      height: frame?.height ?? 0,
    };
  }

  /** Connects and begins to send, or throws a ConnectionError. */
  async start(): Promise<void> {
    await this.#connection.start();
    void this.#sender.run(this.#life.signal);
  }

  /** Changes what others in the room see from now on. */
  share(share: Share): Promise<void> {
    return this.#connection.share(share);
  }

  /** Measures readings against a resting face from now on; undefined turns this off. */
  setRestFace(restFace: readonly number[] | undefined): Promise<void> {
    return this.#connection.setRestFace(restFace);
  }

  /** Stops the source immediately, then tells the server. */
  async stop(): Promise<void> {
    this.#life.abort();
    this.source.stop();
    await this.#connection.stop();
  }

  #started(started: Started): void {
    this.#limits = started.limits;
    this.#flow.reset(started.limits.maxUnanswered);
    this.#pace.limit(Math.min(started.limits.maxFramesPerSecond, this.source.maxFramesPerSecond));
    this.#pace.reset();
    this.listener.started(started);
  }

  #measured(measured: Measured): void {
    const now = performance.now();
    const roundTrip = this.#flow.release(measured.sequence, now);
    if (this.#life.signal.aborted || roundTrip === undefined) return;
    this.#pace.keepTo(measured.pace);
    this.#pace.answered(roundTrip, now);
    this.#sender.answered(roundTrip);
    this.listener.measured(measured, pageTime() - measured.capturedAt);
  }

  #rejected(rejected: Rejected): void {
    const now = performance.now();
    this.#flow.release(rejected.sequence, now);
    if (this.#life.signal.aborted) return;
    this.#pace.keepTo(rejected.pace);
    this.#pace.rejected(rejected.reason, now);
    this.listener.rejected(rejected);
  }
}
