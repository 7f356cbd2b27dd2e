import type { Emotion } from "../../client/contracts.ts";
import { strength } from "../../client/freshness.ts";
import { mainFace, type RoomUpdate } from "../../client/roomContracts.ts";

export interface TrailPoint {
  readonly at: number;
  readonly valence: number;
  readonly arousal: number;
}

export interface Trail {
  readonly id: string;
  readonly name: string | null;
  readonly dominant: Emotion;
  readonly points: readonly TrailPoint[];
  /** 0..1: fades as the newest point ages. */
  readonly opacity: number;
}

type Growing = Omit<Trail, "id" | "opacity"> & { readonly points: TrailPoint[] };

const trailMilliseconds = 6000;

/** Each person's recent positions by valence and arousal; a person's trail is dropped when they leave the room. */
export class Trails {
  #trails: Map<string, Growing> = new Map();

  add({ people, at }: RoomUpdate): void {
    const present: Map<string, Growing> = new Map();
    for (const person of people) {
      const face = mainFace(person);
      const known = this.#trails.get(person.id);
      const points = known?.points ?? [];
      if (face && person.at !== null && person.at > (points.at(-1)?.at ?? -Infinity)) {
        points.push({ at: person.at, valence: face.valence, arousal: face.arousal });
      }
      while (points[0] && points[0].at < at - trailMilliseconds) points.shift();
      present.set(person.id, { name: person.name, dominant: face?.dominant ?? known?.dominant ?? "neutral", points });
    }
    this.#trails = present;
  }

  /** The trails of those whose newest point may still be shown at this moment of the server's clock. */
  list(time: number): Trail[] {
    return [...this.#trails]
      .map(([id, trail]) => ({ id, ...trail, opacity: strength(time - (trail.points.at(-1)?.at ?? -Infinity)) }))
      .filter(({ opacity }) => opacity > 0);
  }
}
