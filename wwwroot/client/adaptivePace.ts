import type { RejectionReason } from "./contracts.ts";

/** One rung: a frame's size and JPEG quality. */
export interface FrameQuality {
  readonly longSide: number;
  readonly jpegQuality: number;
}

/** From what a slow connection can carry to what a face of a twentieth of the picture's height requires. */
export const qualityLadder: readonly FrameQuality[] = [
  { longSide: 320, jpegQuality: 0.6 },
  { longSide: 384, jpegQuality: 0.65 },
  { longSide: 448, jpegQuality: 0.7 },
  { longSide: 512, jpegQuality: 0.75 },
  { longSide: 576, jpegQuality: 0.8 },
  { longSide: 640, jpegQuality: 0.85 },
];

/** Whether a frame was refused because there were too many. */
const isOverload: Readonly<Record<RejectionReason, boolean>> = {
  superseded: true,
  rate_limited: true,
  busy: true,
  undecodable: false,
  too_large: false,
  not_started: false,
};

const minFramesPerSecond = 5;
const leastWanted = 1;
const startFramesPerSecond = 15;
const startRung = 3;

/** The pace is adjusted after this time and this many answers, so that one late packet changes nothing; a sender of fewer a second does not wait for them. */
const judgeAfterMilliseconds = 1000;
const judgeAfterAnswers = 5;

/** Below the first a reading feels immediate; above the second it visibly lags behind the face. */
const promptMilliseconds = 120;
const slowMilliseconds = 300;

/**
 * Adjusts rate and size of the frames: up in small steps while the server answers promptly, down by a
 * factor when it doesn't (additive increase, multiplicative decrease, as in TCP). A full server says how many frames a second
 * each should send, some of which it then rejects for newer ones; a slow connection delays answers, which first makes frames smaller.
 */
export class AdaptivePace {
  #framesPerSecond = startFramesPerSecond;
  #maxFramesPerSecond: number;
  #wanted = Infinity;
  #rung = startRung;
  #windowStart: number | undefined;
  #roundTrips: number[] = [];
  #overloads = 0;
  #skips = 0;

  constructor(maxFramesPerSecond = 30) {
    this.#maxFramesPerSecond = maxFramesPerSecond;
    this.limit(maxFramesPerSecond);
  }

  get framesPerSecond(): number {
    return Math.min(this.#framesPerSecond, this.#wanted);
  }

  get quality(): FrameQuality {
    return qualityLadder[this.#rung] ?? qualityLadder[0]!;
  }

  /** Sets the highest rate that the server and the source allow. */
  limit(maxFramesPerSecond: number): void {
    this.#maxFramesPerSecond = Math.min(30, Math.max(1, maxFramesPerSecond));
    this.#framesPerSecond = Math.min(this.#framesPerSecond, this.#maxFramesPerSecond);
  }

  /** How many frames a second a full server wants to be sent; undefined where it keeps up. */
  keepTo(framesPerSecond: number | undefined): void {
    this.#wanted = Math.max(leastWanted, framesPerSecond ?? Infinity);
  }

  /** A frame was measured. */
  answered(roundTrip: number, now: number): void {
    this.#roundTrips.push(roundTrip);
    this.#judge(now);
  }

  /** A frame was rejected. One that is too large has an immediate effect; others count toward the next adjustment, except where the server has named a pace. */
  rejected(reason: RejectionReason, now: number): void {
    if (reason === "too_large") this.#lowerQuality();
    if (isOverload[reason] && this.#wanted === Infinity) this.#overloads++;
    this.#judge(now);
  }

  /** A frame was due while too many were unanswered. */
  skipped(now: number): void {
    this.#skips++;
    this.#judge(now);
  }

  /** Forgets the measurements of the previous connection. */
  reset(): void {
    this.#wanted = Infinity;
    this.#forget();
  }

  #forget(): void {
    this.#windowStart = undefined;
    this.#roundTrips = [];
    this.#overloads = 0;
    this.#skips = 0;
  }

  #judge(now: number): void {
    this.#windowStart ??= now;
    const seen = this.#roundTrips.length + this.#overloads;
    if (now - this.#windowStart < judgeAfterMilliseconds || seen < Math.min(judgeAfterAnswers, this.framesPerSecond)) return;
    const roundTrip = median(this.#roundTrips);
    if (this.#overloads > seen / 10) this.#lowerRate();
    else if (roundTrip > slowMilliseconds) this.#slowDown();
    else if (this.#skips <= seen / 4 && roundTrip < promptMilliseconds) this.#speedUp();
    this.#forget();
    this.#windowStart = now;
  }

  #slowDown(): void {
    if (this.#rung > 0) this.#lowerQuality();
    else this.#lowerRate();
  }

  #speedUp(): void {
    if (this.#framesPerSecond < this.#maxFramesPerSecond) {
      this.#framesPerSecond = Math.min(this.#maxFramesPerSecond, this.#framesPerSecond + 2);
    } else if (this.#rung < qualityLadder.length - 1) {
      this.#rung++;
    }
  }

  #lowerRate(): void {
    const lowest = Math.min(minFramesPerSecond, this.#maxFramesPerSecond);
    this.#framesPerSecond = Math.max(lowest, this.#framesPerSecond * 0.7);
  }

  #lowerQuality(): void {
    this.#rung = Math.max(0, this.#rung - 1);
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Infinity;
}
