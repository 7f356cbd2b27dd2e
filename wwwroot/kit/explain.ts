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
  return shared.refusals[code] ?? shared.roomRefusals[code] ?? shared.refused(message);
}
