/** The two pictures of a cycle that are visible at a moment, and how far the second has replaced the first. */
export interface Morph {
  readonly from: number;
  readonly to: number;
  /** 0 shows `from` alone, 1 shows `to` alone. */
  readonly blend: number;
}

/** Cycles through pictures: each is held, then blends into the next. */
export class MorphSchedule {
  constructor(
    private readonly count: number,
    private readonly holdSeconds: number,
    private readonly fadeSeconds: number,
  ) {
    if (count < 1) throw new RangeError("A morph needs at least one picture.");
  }

  at(seconds: number): Morph {
    const step = this.holdSeconds + this.fadeSeconds;
    const position = (((seconds / step) % this.count) + this.count) % this.count;
    const from = Math.floor(position) % this.count;
    const faded = ((position - from) * step - this.holdSeconds) / this.fadeSeconds;
    return { from, to: (from + 1) % this.count, blend: smoothStep(faded) };
  }
}

/** Rises smoothly from 0 to 1, without a visible start or stop. */
function smoothStep(value: number): number {
  const clamped = Math.min(1, Math.max(0, value));
  return clamped * clamped * (3 - 2 * clamped);
}
