import type { Emotion } from "../client/contracts.ts";
import { strings } from "../strings.ts";

/** "appears happy 87%". */
export function headline({ dominant, certainty }: { readonly dominant: Emotion; readonly certainty: number }): string {
  return strings.appearsWithPercent(strings.emotions[dominant], Math.round(100 * certainty));
}

/** What to tell of a picture for a code word of the server's. */
export function problemText(problem: string): string {
  return strings.pictureProblems[problem] ?? strings.pictureFailed;
}
