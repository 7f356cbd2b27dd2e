import { emotionLabels } from "../../client/contracts.ts";

/** Between readings further apart than this nothing was seen, and the line is broken there. */
const gapSeconds = 1.5;

/** One face's readings of the last so many seconds, in the columns a chart wants. */
export class TimelineData {
  readonly #times: number[] = [];
  readonly #values: (number | null)[][] = emotionLabels.map(() => []);

  constructor(private readonly windowSeconds: number) {}

  add(seconds: number, emotions: readonly number[]): void {
    const last = this.#times.at(-1);
    // A resumed connection may answer out of order; a chart's time only grows.
    if (last !== undefined && seconds <= last) return;
    if (last !== undefined && seconds - last > gapSeconds) this.#push(last + gapSeconds / 2, () => null);
    this.#push(seconds, (index) => emotions[index] ?? null);
    this.#forget(seconds - this.windowSeconds);
  }

  /** True once everything in it is older than the window. */
  isOver(now: number): boolean {
    return (this.#times.at(-1) ?? -Infinity) < now - this.windowSeconds;
  }

  columns(): [number[], ...(number | null)[][]] {
    return [this.#times, ...this.#values];
  }

  #push(seconds: number, value: (index: number) => number | null): void {
    this.#times.push(seconds);
    this.#values.forEach((column, index) => column.push(value(index)));
  }

  #forget(before: number): void {
    // The newest one outside the window stays: the line enters from the left edge.
    let outside = 0;
    while (outside + 1 < this.#times.length && this.#times[outside + 1]! < before) outside++;
    // Cut in larger pieces, since each cut moves the whole column.
    if (outside < 64) return;
    this.#times.splice(0, outside);
    for (const column of this.#values) column.splice(0, outside);
  }
}
