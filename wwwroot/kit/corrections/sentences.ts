import type { CorrectionKept, Emotion } from "../../client/contracts.generated.ts";
import { shared } from "../strings.ts";
import { archiveConsent } from "./archive.ts";
import { strings } from "./strings.ts";

/** What people should know before they correct a reading. */
export function beforeCorrecting(): string {
  return archiveConsent.given ? strings.notRightHintArchive : strings.notRightHint;
}

/** The outcome of a correction; for people who opted in to the face archive, also that of the picture. */
export function afterCorrecting(kept: CorrectionKept, from: Emotion, to: Emotion): string {
  const said = strings.correctionKept(shared.emotions[from], shared.emotions[to]);
  if (kept.archived) return `${said} ${strings.pictureKept}`;
  return archiveConsent.given ? `${said} ${strings.pictureNotKept}` : said;
}
