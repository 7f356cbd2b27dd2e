/** A sliding window of figures, for quantiles of the recent past. */
export class LatencyWindow {
  readonly #values: number[] = [];
  #next = 0;

  constructor(private readonly size = 120) {}

  add(value: number): void {
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % this.size;
  }

  /** The value that the given share of figures does not exceed; undefined while there are none. */
  quantile(share: number): number | undefined {
    const sorted = [...this.#values].sort((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  }

  clear(): void {
    this.#values.length = 0;
    this.#next = 0;
  }
}
