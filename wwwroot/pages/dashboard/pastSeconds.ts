import { emotionLabels, type HistoryReading } from "../../client/contracts.generated.ts";
import { Mean, type PersonSecond, type Second } from "./roomHistory.ts";

/** Groups readings for the charts: for each time the people, and the room as their mean. */
export function secondsOf(readings: readonly HistoryReading[]): Second[] {
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
