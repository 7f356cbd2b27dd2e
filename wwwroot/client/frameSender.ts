import type { AdaptivePace } from "./adaptivePace.ts";
import type { Limits } from "./contracts.ts";
import type { EmotionConnection } from "./emotionConnection.ts";
import type { FlowControl } from "./flowControl.ts";
import { FrameEncoder, type EncodedFrame } from "./frameEncoder.ts";
import type { FrameSource } from "./frameSource.ts";
import { pause } from "./pause.ts";
import { Patience } from "./resumePolicy.ts";

/** Sends a source's frames to the hub at the pace's rate; a frame is skipped while too many are unanswered. */
export class FrameSender {
  readonly #encoder = new FrameEncoder();
  readonly #patience = new Patience();
  #lastFrame: EncodedFrame | undefined;
  #skipped = 0;

  constructor(
    private readonly source: FrameSource,
    private readonly connection: EmotionConnection,
    private readonly flow: FlowControl,
    private readonly pace: AdaptivePace,
    private readonly limits: () => Limits | undefined,
  ) {}

  /** The frame that was sent last. */
  get lastFrame(): EncodedFrame | undefined {
    return this.#lastFrame;
  }

  /** Frames that were due while too many were unanswered. */
  get skipped(): number {
    return this.#skipped;
  }

  /** A frame was answered after so many milliseconds. */
  answered(roundTrip: number): void {
    this.#patience.answered(roundTrip);
  }

  /** Sends until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    let due = performance.now();
    while (!signal.aborted) {
      await this.#offer(signal);
      // Late ticks are not caught up: two frames of the same moment say no more than one.
      due = Math.max(due + 1000 / this.pace.framesPerSecond, performance.now());
      await pause(due - performance.now(), signal);
    }
  }

  async #offer(signal: AbortSignal): Promise<void> {
    const limits = this.limits();
    if (!limits || !this.connection.running || !this.source.ready) return;
    const now = performance.now();
    if (this.flow.waitingFor(now) > this.#patience.milliseconds) {
      // Dead, whatever the socket says.
      this.#patience.ended();
      this.connection.restart();
      return;
    }
    const sequence = this.flow.take(now);
    if (sequence === undefined) {
      this.#skipped++;
      this.pace.skipped(now);
      return;
    }
    const frame = await this.#encode(limits.maxFrameSide);
    if (signal.aborted || !this.connection.running || !this.flow.holds(sequence)) return;
    if (!frame) {
      this.flow.release(sequence, now);
    } else if (frame.jpeg.length > limits.maxFrameBytes) {
      this.flow.release(sequence, now);
      this.pace.rejected("too_large", now);
    } else {
      this.#lastFrame = frame;
      this.connection.submit(sequence, performance.timeOrigin + now, frame.jpeg);
    }
  }

  /** The picture may disappear between check and drawing, for example when a camera is unplugged; that is not an error. */
  #encode(maxSide: number): Promise<EncodedFrame | undefined> {
    return this.#encoder.encode(this.source.element, this.pace.quality, maxSide).catch(() => undefined);
  }
}
