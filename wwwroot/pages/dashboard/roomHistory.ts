import { mainFace, type RoomMood, type RoomUpdate } from "../../client/roomContracts.ts";

/** The running mean of rows of numbers; a row that is itself a mean is weighted by its count. */
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

/** Indexes of the figures in a row, after the eight probabilities; only the room's rows have the counts. */
export const figure = { valence: 8, arousal: 9, positive: 10, neutral: 11, negative: 12, agreement: 13, people: 14 } as const satisfies Readonly<
  Record<Exclude<keyof RoomMood, "emotions">, number>
>;

export interface PersonSecond {
  readonly name: string | null;
  readonly mean: Mean;
}

/** The means of one second of the room. */
export interface Second {
  /** Its start, in milliseconds since 1970 on the server's clock. */
  readonly at: number;
  readonly room: Mean;
  readonly people: Map<string, PersonSecond>;
}

const longestSeconds = 30 * 60;

/** The room's last half hour, second by second, for charts and exports; kept in this page's memory only. */
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
      // Updates come at the viewer's rate, and the same reading must not count twice.
      if (!face || person.at === null || person.at <= (this.#newest.get(person.id) ?? -Infinity)) continue;
      this.#newest.set(person.id, person.at);
      let known = second.people.get(person.id);
      if (!known) second.people.set(person.id, (known = { name: person.name, mean: new Mean() }));
      known.mean.add([...face.emotions, face.valence, face.arousal]);
    }
  }

  /** The seconds that start within a time span. */
  between(from: number, to: number): Second[] {
    return this.#seconds.filter((second) => second.at >= from && second.at <= to);
  }

  #secondOf(at: number): Second {
    const last = this.#seconds.at(-1);
    const begin = Math.floor(at / 1000) * 1000;
    // The server's clock may be set back, but chart times must increase.
    if (last && begin <= last.at) return last;
    const second: Second = { at: begin, room: new Mean(), people: new Map() };
    this.#seconds.push(second);
    const outside = this.#seconds.findIndex((other) => other.at >= begin - longestSeconds * 1000);
    this.#seconds.splice(0, outside);
    return second;
  }
}
