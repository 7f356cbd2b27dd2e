/** The last so many figures of one kind, for a median that follows the present. */
export class LatencyWindow {
  readonly #values: number[] = [];
  #next = 0;

  constructor(private readonly size = 120) {}

  add(value: number): void {
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % this.size;
  }

  /** The value that the given share of figures does not exceed; nothing while there are none. */
  quantile(share: number): number | undefined {
    const sorted = [...this.#values].sort((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  }

  clear(): void {
    this.#values.length = 0;
    this.#next = 0;
  }
}
