import type { FaceReading } from "../../client/contracts.ts";

/** A mood is the average over this time, not a momentary expression. */
const windowMilliseconds = 5000;

/** Averages the last seconds of one face. */
export class RecentMood {
  #readings: { readonly at: number; readonly emotions: readonly number[]; readonly certainty: number }[] = [];
  #faceId: string | undefined;

  /** Adds a reading; another face starts a new average. */
  add(face: FaceReading, now: number): void {
    if (face.id !== this.#faceId) this.clear();
    this.#faceId = face.id;
    this.#readings.push({ at: now, emotions: face.emotions, certainty: face.certainty });
    this.#forget(now);
  }

  clear(): void {
    this.#readings = [];
    this.#faceId = undefined;
  }

  /** The mean of recent readings, weighted by certainty; undefined if there are none. */
  mean(now: number): readonly number[] | undefined {
    this.#forget(now);
    const weight = this.#readings.reduce((sum, { certainty }) => sum + certainty, 0);
    if (weight === 0) return undefined;
    const first = this.#readings[0]!.emotions;
    return first.map((_, label) => this.#readings.reduce((sum, { emotions, certainty }) => sum + certainty * (emotions[label] ?? 0), 0) / weight);
  }

  #forget(now: number): void {
    const kept = this.#readings.findIndex(({ at }) => now - at <= windowMilliseconds);
    this.#readings.splice(0, kept < 0 ? this.#readings.length : kept);
  }
}
