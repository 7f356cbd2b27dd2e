import { emotionLabels, type FaceReading } from "../client/contracts.ts";
import { strings } from "../strings.ts";

/** The names beside the bars, in the order of the labels. */
export const barNames: readonly string[] = emotionLabels.map((label) => strings.emotions[label]);

/** "appears happy 87%". */
export function appearance(face: FaceReading): string {
  return strings.appearsWithPercent(strings.emotions[face.dominant], percentOf(face));
}

function percentOf(face: FaceReading): number {
  return Math.round(100 * (face.emotions[emotionLabels.indexOf(face.dominant)] ?? 0));
}
