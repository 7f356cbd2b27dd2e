import type { Box, FaceReading } from "./contracts.ts";
import { strength } from "./freshness.ts";

/** A face as it is drawn, on its way from where it was drawn last to where it was measured last. */
export interface DrawnFace {
  readonly reading: FaceReading;
  readonly box: Box;
  readonly emotions: readonly number[];
  /** 0..1: fades in and out, and is lower for older answers. */
  readonly opacity: number;
}

interface Moving {
  reading: FaceReading;
  box: [number, number, number, number];
  emotions: number[];
  opacity: number;
  present: boolean;
}

/** Time constants in milliseconds. At 15 answers per second, a box has moved two thirds of the way when the next answer comes. */
const boxTime = 60;
const emotionTime = 120;
const opacityTime = 90;

/** Moves boxes and bars toward the newest answer at the display's own rate, so that nothing jumps or jitters. */
export class BoxSmoother {
  readonly #faces = new Map<string, Moving>();
  #steppedAt: number | undefined;
  #takenAt = 0;

  /** Sets the newest answer as the target; `takenAt` is when its picture was taken. */
  update(faces: readonly FaceReading[], takenAt: number): void {
    this.#takenAt = takenAt;
    for (const face of this.#faces.values()) face.present = false;
    for (const reading of faces) {
      const known = this.#faces.get(reading.id);
      if (known) Object.assign(known, { reading, present: true });
      else this.#faces.set(reading.id, { reading, box: [...reading.box], emotions: [...reading.emotions], opacity: 0, present: true });
    }
  }

  /** Advances to a moment and returns the faces to draw. */
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

/** The share of the distance covered by exponential smoothing, independent of the display's rate. */
function share(elapsed: number, time: number): number {
  return 1 - Math.exp(-elapsed / time);
}

function approach(values: number[], goals: readonly number[], by: number): void {
  for (let i = 0; i < values.length; i++) values[i]! += (goals[i]! - values[i]!) * by;
}
