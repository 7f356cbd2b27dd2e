import { emotionLabels, type HistoryReading } from "../../client/contracts.generated.ts";
import type { RoomPerson } from "../../client/roomContracts.ts";
import { figure, Mean } from "./roomHistory.ts";

const certainty = figure.arousal + 1;

/** The people of a past time span, for the cards and the table: each with one face, the mean of their readings. */
export function peopleOf(readings: readonly HistoryReading[]): RoomPerson[] {
  const people = new Map<string, { name: string | null; at: number; readonly mean: Mean }>();
  for (const reading of readings) {
    let person = people.get(reading.person);
    if (!person) people.set(reading.person, (person = { name: null, at: reading.at, mean: new Mean() }));
    // The last known name.
    person.name = reading.name ?? person.name;
    person.at = reading.at;
    person.mean.add([...reading.emotions.slice(0, emotionLabels.length), reading.valence, reading.arousal, reading.certainty], reading.readings);
  }
  return [...people].map(([id, { name, at, mean }]) => personOf(id, name, at, mean.values));
}

function personOf(id: string, name: string | null, at: number, mean: readonly number[]): RoomPerson {
  const emotions = mean.slice(0, emotionLabels.length);
  const dominant = emotionLabels[emotions.indexOf(Math.max(...emotions))] ?? "neutral";
  const [valence = 0, arousal = 0, sure = 0] = [mean[figure.valence], mean[figure.arousal], mean[certainty]];
  const face = { id, box: [0, 0, 1, 1], points: null, confidence: 1, age: 0, emotions, still: emotions, dominant, certainty: sure, valence, arousal } as const;
  // Only fully shared readings are stored.
  return { id, name, share: "full", dominant, faces: [face], at, ageMs: 0 };
}
