import type { Box, FaceReading } from "./contracts.ts";
import { strength } from "./freshness.ts";

/** A face as it is drawn: between where it was drawn last and where it was measured last. */
export interface DrawnFace {
  readonly reading: FaceReading;
  readonly box: Box;
  readonly emotions: readonly number[];
  /** 0..1: appears and vanishes softly, and fades as its answer ages. */
  readonly opacity: number;
}

interface Moving {
  reading: FaceReading;
  box: [number, number, number, number];
  emotions: number[];
  opacity: number;
  present: boolean;
}

/** Time constants in milliseconds. At 15 answers a second a box is two thirds there when the next answer comes. */
const boxTime = 60;
const emotionTime = 120;
const opacityTime = 90;

/** Moves boxes and bars towards the newest answer at the display's own rate, so that nothing jumps or jitters. */
export class BoxSmoother {
  readonly #faces = new Map<string, Moving>();
  #steppedAt: number | undefined;
  #takenAt = 0;

  /** Takes the newest answer as the goal; `takenAt` is when its picture was taken. */
  update(faces: readonly FaceReading[], takenAt: number): void {
    this.#takenAt = takenAt;
    for (const face of this.#faces.values()) face.present = false;
    for (const reading of faces) {
      const known = this.#faces.get(reading.id);
      if (known) Object.assign(known, { reading, present: true });
      else this.#faces.set(reading.id, { reading, box: [...reading.box], emotions: [...reading.emotions], opacity: 0, present: true });
    }
  }

  /** Moves on to a moment and gives the faces to draw then. */
  step(now: number): DrawnFace[] {
    const elapsed = Math.max(0, now - (this.#steppedAt ?? now));
    this.#steppedAt = now;
    const strongest = strength(now - this.#takenAt);
    for (const [id, face] of this.#faces) {
      approach(face.box, face.reading.box, share(elapsed, boxTime));
      approach(face.emotions, face.reading.emotions, share(elapsed, emotionTime));
      const goal = face.present ? strongest : 0;
      face.opacity += (goal - face.opacity) * share(elapsed, opacityTime);
      if (strongest === 0 || (goal === 0 && face.opacity < 0.02)) this.#faces.delete(id);
    }
    return [...this.#faces.values()];
  }

  clear(): void {
    this.#faces.clear();
    this.#steppedAt = undefined;
  }
}

/** The share of the way that an exponential approach covers, the same whatever the display's rate. */
function share(elapsed: number, time: number): number {
  return 1 - Math.exp(-elapsed / time);
}

function approach(values: number[], goals: readonly number[], by: number): void {
  for (let i = 0; i < values.length; i++) values[i]! += (goals[i]! - values[i]!) * by;
}
