import { SourceError } from "../client/frameSource.ts";
import { ConnectionError } from "../client/hub.ts";
import { shared } from "./strings.ts";

/** Explains to the person why a source can't be shown or read. */
export function explain(error: unknown): string {
  if (error instanceof SourceError) return shared.problems[error.problem];
  if (!(error instanceof ConnectionError)) return shared.unexpected;
  return error.problem === "unreachable" ? shared.unreachable : explainRefusal(error);
}

/** Explains why the server refused. */
export function explainRefusal({ code, message }: ConnectionError): string {
  if (code === "key_required") return shared.keyRequired;
  return shared.refusals[code] ?? shared.roomRefusals[code] ?? shared.refused(message);
}

/** Explains why a room can't be watched. */
export function explainWatching(error: ConnectionError): string {
  return error.code === "key_required" ? shared.keyRequired : shared.roomRefusals[error.code] ?? shared.watchRefused(error.message);
}
