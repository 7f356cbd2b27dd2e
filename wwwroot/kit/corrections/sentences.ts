import type { Emotion } from "../../client/contracts.ts";
import { shared } from "../strings.ts";
import { archiveConsent } from "./archive.ts";
import type { Kept } from "./corrections.ts";
import { strings } from "./strings.ts";

/** What one should know before saying that a reading is wrong. */
export function beforeCorrecting(): string {
  return archiveConsent.given ? strings.notRightHintArchive : strings.notRightHint;
}

/** What came of a correction; who has opted in to the face archive is told of the picture, too. */
export function afterCorrecting(kept: Kept, from: Emotion, to: Emotion): string {
  const said = strings.correctionKept(shared.emotions[from], shared.emotions[to]);
  if (kept.archived) return `${said} ${strings.pictureKept}`;
  return archiveConsent.given ? `${said} ${strings.pictureNotKept}` : said;
}
