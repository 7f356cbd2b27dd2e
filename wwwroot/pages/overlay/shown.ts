import { emotionLabels, type Emotion } from "../../client/contracts.ts";
import { mainFace, readAt, type RoomPerson, type RoomUpdate } from "../../client/roomContracts.ts";
import { personAppearance } from "../../kit/appearance.ts";
import { shared } from "../../kit/strings.ts";
import { findPerson } from "./settings.ts";

/** What the panel shows. */
export interface Shown {
  readonly name: string;
  readonly appearance: string;
  readonly dominant: Emotion;
  /** Undefined for people who share one word only. */
  readonly emotions: readonly number[] | undefined;
  /** When it was read, by this page's clock. */
  readonly at: number;
}

/** How the wanted person, or the room as a whole, appears; undefined if no face is seen. */
export function shownOf(update: RoomUpdate, wanted: string | undefined, receivedAt: number): Shown | undefined {
  if (wanted === undefined) return roomShown(update, receivedAt);
  const person = findPerson(update.people, wanted);
  return person && personShown(person, receivedAt);
}

function roomShown({ room, mood }: RoomUpdate, at: number): Shown | undefined {
  if (mood.people === 0) return undefined;
  const strongest = Math.max(...mood.emotions);
  const dominant = emotionLabels[mood.emotions.indexOf(strongest)] ?? "neutral";
  return { name: room, appearance: shared.appearsWithPercent(shared.emotions[dominant], Math.round(100 * strongest)), dominant, emotions: mood.emotions, at };
}

function personShown(person: RoomPerson, receivedAt: number): Shown | undefined {
  const appearance = personAppearance(person);
  if (!appearance || !person.dominant) return undefined;
  return { name: person.name ?? shared.unnamed, appearance, dominant: person.dominant, emotions: mainFace(person)?.emotions, at: readAt(person, receivedAt) };
}
