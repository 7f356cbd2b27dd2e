import { emotionLabels, type Measured } from "./contracts.ts";

/** How a face reads at rest: eight shares in the order of the labels. */
export type RestFace = readonly number[];

/** How long a person holds a neutral face. */
export const holdSeconds = 3;

/** Readings this soon after the start may still show the previous expression. */
const settleMilliseconds = 500;

/** Shares are at least this, so that their logarithms are finite. */
const least = 1e-4;
const fewestReadings = 5;

/** On a slow connection the hold continues until there are enough readings, but no longer than this. */
const longestSeconds = 12;

/** The sum may differ from 1 by this because of rounding. */
const tolerance = 0.02;

/** Gathers readings while a person holds a neutral face. */
export class RestFaceHold {
  readonly #sums: number[] = emotionLabels.map(() => 0);
  #alone = 0;
  #crowded = 0;

  /** All times are milliseconds of the same monotonic clock. */
  constructor(private readonly begin: number) {}

  add(measured: Measured, now: number): void {
    if (now - this.begin < settleMilliseconds) return;
    const [face, another] = measured.faces;
    if (another) this.#crowded++;
    if (!face || another) return;
    this.#alone++;
    face.emotions.forEach((share, index) => (this.#sums[index] = (this.#sums[index] ?? 0) + Math.log(Math.max(share, least))));
  }

  /** Zero when the hold is over. */
  secondsLeft(now: number): number {
    const held = (now - this.begin) / 1000;
    const enough = this.#alone >= fewestReadings || held >= longestSeconds;
    return Math.max(enough ? 0 : 1, holdSeconds - held);
  }

  /** The geometric mean, which a blink or a twitch hardly affects; or why there is none. */
  finish(): RestFace | "nobody" | "several" {
    if (this.#crowded > this.#alone) return "several";
    if (this.#alone < fewestReadings) return "nobody";
    const shares = this.#sums.map((sum) => Math.exp(sum / this.#alone));
    const whole = shares.reduce((sum, share) => sum + share, 0);
    return shares.map((share) => share / whole);
  }
}

/** Validates a resting face by the server's own rule. */
export function isRestFace(value: unknown): value is RestFace {
  if (!Array.isArray(value) || value.length !== emotionLabels.length) return false;
  const shares: unknown[] = value;
  if (!shares.every((share): share is number => typeof share === "number" && share >= 0 && share <= 1)) return false;
  return Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) <= tolerance;
}
