import type { Emotion } from "../../client/contracts.ts";
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
}

type Growing = Omit<Trail, "id"> & { readonly points: TrailPoint[] };

const trailMilliseconds = 6000;

/** A reading older than this no longer says where somebody is. */
export const staleMilliseconds = 3000;

/** Where each person was on the plane in the last seconds; who leaves the room takes the trail along. */
export class Trails {
  #trails: Map<string, Growing> = new Map();

  add({ people, at }: RoomUpdate): void {
    const present: Map<string, Growing> = new Map();
    for (const person of people) {
      const face = mainFace(person);
      const points = this.#trails.get(person.id)?.points ?? [];
      if (face && person.at !== null && person.at > (points.at(-1)?.at ?? -Infinity)) {
        points.push({ at: person.at, valence: face.valence, arousal: face.arousal });
      }
      while (points[0] && points[0].at < at - trailMilliseconds) points.shift();
      present.set(person.id, { name: person.name, dominant: face?.dominant ?? "neutral", points });
    }
    this.#trails = present;
  }

  /** The trails of those who are in the picture. */
  list(): Trail[] {
    return [...this.#trails].filter(([, trail]) => trail.points.length > 0).map(([id, trail]) => ({ id, ...trail }));
  }
}
