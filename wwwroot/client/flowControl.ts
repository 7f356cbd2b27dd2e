/**
 * Limits the frames that the server hasn't answered. When the limit is reached, frames are skipped, never queued:
 * by the time a queued frame could be sent, a newer one would be better.
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

  /** Reserves a slot and returns the frame's sequence number, or undefined if all slots are taken. */
  take(now: number): number | undefined {
    if (this.full) return undefined;
    const sequence = ++this.#sequence;
    this.#sentAt.set(sequence, now);
    return sequence;
  }

  /** Whether a frame still has its slot; a reset frees it. */
  holds(sequence: number): boolean {
    return this.#sentAt.has(sequence);
  }

  /** Frees a slot; returns how many milliseconds the answer took, or undefined for an unknown frame. */
  release(sequence: number, now: number): number | undefined {
    const sentAt = this.#sentAt.get(sequence);
    if (sentAt === undefined) return undefined;
    this.#sentAt.delete(sequence);
    return now - sentAt;
  }

  /** The age of the oldest unanswered frame. */
  waitingFor(now: number): number {
    // A Map keeps the order of insertion, so the first is the oldest.
    const oldest = this.#sentAt.values().next();
    return oldest.done ? 0 : now - oldest.value;
  }

  /** Frees all slots, since a broken connection will not answer. Sequence numbers continue. */
  reset(maxUnanswered = this.#maxUnanswered): void {
    this.#maxUnanswered = Math.max(1, maxUnanswered);
    this.#sentAt.clear();
  }
}
