import type { Emotion } from "../../client/contracts.ts";
import { shared } from "../../kit/strings.ts";
import { strings } from "./strings.ts";

/** "appears happy 87%", or that it is unclear. */
export function headline({ dominant, certainty, unclear }: { readonly dominant: Emotion; readonly certainty: number; readonly unclear?: boolean }): string {
  return unclear ? shared.unclear : shared.appearsWithPercent(shared.emotions[dominant], Math.round(100 * certainty));
}

/** The text for one of the server's error codes for pictures. */
export function problemText(problem: string): string {
  if (problem === "key_required") return shared.keyRequired;
  return strings.pictureProblems[problem] ?? strings.pictureFailed;
}
