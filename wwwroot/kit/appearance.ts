import { emotionLabels, type FaceReading } from "../client/contracts.ts";
import { mainFace, type RoomPerson } from "../client/roomContracts.ts";
import { shared } from "./strings.ts";

/** The names beside the bars, in the order of the labels. */
export const barNames: readonly string[] = emotionLabels.map((label) => shared.emotions[label]);

/** "appears happy 87%", or that it is unclear. */
export function appearance(face: FaceReading): string {
  if (face.unclear) return shared.unclear;
  return shared.appearsWithPercent(shared.emotions[face.dominant], percentOf(face));
}

/** How a person in a room appears, without the percentage if they share one word only; undefined if no face was seen. */
export function personAppearance(person: RoomPerson): string | undefined {
  const face = mainFace(person);
  if (face) return appearance(face);
  return person.dominant ? shared.appears(shared.emotions[person.dominant]) : undefined;
}

function percentOf(face: FaceReading): number {
  return Math.round(100 * (face.emotions[emotionLabels.indexOf(face.dominant)] ?? 0));
}
