import { SourceError } from "../client/frameSource.ts";
import { ConnectionError } from "../client/hub.ts";
import { strings } from "../strings.ts";

/** Why a source can't be shown or read, in a sentence that helps. */
export function explain(error: unknown): string {
  if (error instanceof SourceError) return strings.problems[error.problem];
  if (!(error instanceof ConnectionError)) return strings.unexpected;
  return error.problem === "unreachable" ? strings.unreachable : explainRefusal(error);
}

/** Why the server said no. */
export function explainRefusal({ code, message }: ConnectionError): string {
  return strings.refusals[code] ?? strings.roomRefusals[code] ?? strings.refused(message);
}
