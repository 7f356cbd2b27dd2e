import type { CorrectionKept, Emotion } from "../../client/contracts.generated.ts";
import { shared } from "../strings.ts";
import { archiveConsent } from "./archive.ts";
import { strings } from "./strings.ts";

/** What one should know before saying that a reading is wrong. */
export function beforeCorrecting(): string {
  return archiveConsent.given ? strings.notRightHintArchive : strings.notRightHint;
}

/** What came of a correction; who has opted in to the face archive is told of the picture, too. */
export function afterCorrecting(kept: CorrectionKept, from: Emotion, to: Emotion): string {
  const said = strings.correctionKept(shared.emotions[from], shared.emotions[to]);
  if (kept.archived) return `${said} ${strings.pictureKept}`;
  return archiveConsent.given ? `${said} ${strings.pictureNotKept}` : said;
}
