/**
 * Counts the frames that the server hasn't answered. A frame that finds it full is skipped, never queued:
 * by the time its turn came, a newer one would be the better frame.
 */
export class FlowControl {
  readonly #sentAt = new Map<number, number>();
  #sequence = 0;
  #maxUnanswered: number;

  constructor(maxUnanswered = 2) {
    this.#maxUnanswered = maxUnanswered;
  }

  get unanswered(): number {
    return this.#sentAt.size;
  }

  get full(): boolean {
    return this.#sentAt.size >= this.#maxUnanswered;
  }

  /** Takes a place and gives the frame's number, or nothing when all places are taken. */
  take(now: number): number | undefined {
    if (this.full) return undefined;
    const sequence = ++this.#sequence;
    this.#sentAt.set(sequence, now);
    return sequence;
  }

  /** Whether a frame still has its place; a reset takes it. */
  holds(sequence: number): boolean {
    return this.#sentAt.has(sequence);
  }

  /** Gives a place back; returns how many milliseconds the answer took, or nothing for a frame that was forgotten. */
  release(sequence: number, now: number): number | undefined {
    const sentAt = this.#sentAt.get(sequence);
    if (sentAt === undefined) return undefined;
    this.#sentAt.delete(sequence);
    return now - sentAt;
  }

  /** How long the oldest unanswered frame has waited. */
  waitingFor(now: number): number {
    // A Map keeps the order of insertion, so the first is the oldest.
    const oldest = this.#sentAt.values().next();
    return oldest.done ? 0 : now - oldest.value;
  }

  /** Forgets every unanswered frame: a broken connection will not answer them. Numbers go on where they were. */
  reset(maxUnanswered = this.#maxUnanswered): void {
    this.#maxUnanswered = Math.max(1, maxUnanswered);
    this.#sentAt.clear();
  }
}
