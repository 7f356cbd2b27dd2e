import { mainFace, type RoomMood, type RoomUpdate } from "../../client/roomContracts.ts";

/** The mean of so many rows of numbers; one that is a mean itself counts for as many as it is of. */
export class Mean {
  count = 0;
  readonly values: number[] = [];

  add(row: readonly number[], count = 1): void {
    this.count += count;
    row.forEach((value, index) => {
      const before = this.values[index] ?? 0;
      this.values[index] = before + ((value - before) * count) / this.count;
    });
  }
}

/** Where the figures stand in a row; the eight probabilities come first, and the counts in the room's rows only. */
export const figure = { valence: 8, arousal: 9, positive: 10, neutral: 11, negative: 12, agreement: 13, people: 14 } as const satisfies Readonly<
  Record<Exclude<keyof RoomMood, "emotions">, number>
>;

export interface PersonSecond {
  readonly name: string | null;
  readonly mean: Mean;
}

/** One second of the room: means of what was seen in it. */
export interface Second {
  /** Its begin, in milliseconds since 1970 on the server's clock. */
  readonly at: number;
  readonly room: Mean;
  readonly people: Map<string, PersonSecond>;
}

const longestSeconds = 30 * 60;

/** The room's last half hour, second by second: what charts and exports are made of. It lives in this page's memory alone. */
export class RoomHistory {
  readonly #seconds: Second[] = [];
  readonly #newest = new Map<string, number>();

  add({ at, people, mood }: RoomUpdate): void {
    const second = this.#secondOf(at);
    if (mood.people > 0) {
      const { emotions, valence, arousal, positive, neutral, negative, agreement } = mood;
      second.room.add([...emotions, valence, arousal, positive, neutral, negative, agreement, mood.people]);
    }
    for (const person of people) {
      const face = mainFace(person);
      // Updates come at the viewer's pace: one and the same reading must not count twice.
      if (!face || person.at === null || person.at <= (this.#newest.get(person.id) ?? -Infinity)) continue;
      this.#newest.set(person.id, person.at);
      let known = second.people.get(person.id);
      if (!known) second.people.set(person.id, (known = { name: person.name, mean: new Mean() }));
      known.mean.add([...face.emotions, face.valence, face.arousal]);
    }
  }

  /** The seconds that begin within a span of time. */
  between(from: number, to: number): Second[] {
    return this.#seconds.filter((second) => second.at >= from && second.at <= to);
  }

  #secondOf(at: number): Second {
    const last = this.#seconds.at(-1);
    const begin = Math.floor(at / 1000) * 1000;
    // The server's clock may be set back; time on a chart only grows.
    if (last && begin <= last.at) return last;
    const second: Second = { at: begin, room: new Mean(), people: new Map() };
    this.#seconds.push(second);
    const outside = this.#seconds.findIndex((other) => other.at >= begin - longestSeconds * 1000);
    this.#seconds.splice(0, outside);
    return second;
  }
}
