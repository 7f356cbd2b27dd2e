import { emotionLabels } from "../../client/contracts.ts";
import { Mean, type PersonSecond, type Second } from "./roomHistory.ts";

/** One line of the server's history: a person's mean over a step. */
export interface PastReading {
  readonly at: number;
  readonly person: string;
  readonly name: string | null;
  readonly emotions: readonly number[];
  readonly valence: number;
  readonly arousal: number;
  readonly certainty: number;
  /** How many readings it is the mean of. */
  readonly readings: number;
}

/** The readings as the charts know them: for each time the people, and the room as their mean. */
export function secondsOf(readings: readonly PastReading[]): Second[] {
  const seconds: Second[] = [];
  for (const { at, person, name, emotions, valence, arousal } of readings) {
    let second = seconds.at(-1);
    if (second?.at !== at) seconds.push((second = { at, room: new Mean(), people: new Map<string, PersonSecond>() }));
    const row = [...emotions.slice(0, emotionLabels.length), valence, arousal];
    const mean = new Mean();
    mean.add(row);
    second.people.set(person, { name, mean });
    second.room.add(row);
  }
  return seconds;
}
