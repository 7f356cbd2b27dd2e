import { emotionLabels } from "../../client/contracts.ts";

/** The line is broken between readings that are further apart than this. */
const gapSeconds = 1.5;

/** One face's recent readings, as columns for a chart. */
export class TimelineData {
  readonly #times: number[] = [];
  readonly #values: (number | null)[][] = emotionLabels.map(() => []);

  constructor(private readonly windowSeconds: number) {}

  add(seconds: number, emotions: readonly number[]): void {
    const last = this.#times.at(-1);
    // A resumed connection may answer out of order, but chart times must increase.
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
    // The newest reading outside the window stays, so that the line starts at the left edge.
    let outside = 0;
    while (outside + 1 < this.#times.length && this.#times[outside + 1]! < before) outside++;
    // Removed in larger batches, since each removal moves the whole column.
    if (outside < 64) return;
    this.#times.splice(0, outside);
    for (const column of this.#values) column.splice(0, outside);
  }
}
