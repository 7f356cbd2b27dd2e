import type { Emotion } from "../../client/contracts.ts";
import { contributor } from "./contributor.ts";

/** What a person says of one of their own faces. */
export interface Correction {
  /** The face's id in a session, or a picture's `correctionToken`. */
  readonly face: string;
  readonly label: Emotion;
  /** Of the session, whose faces have no tokens of their own. */
  readonly resumeToken?: string;
  /** The time stamp of the session's frame that was misread; the newest without it. */
  readonly capturedAt?: number;
}

/** What the server made of it. */
export interface Kept {
  /** The face's picture was kept, too: this person has opted in to the face archive. */
  readonly archived: boolean;
}

/** The server takes no such correction; `code` is its word for why, or "unreachable". */
export class CorrectionError extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** Tells, as "changed", that the server keeps something else of this browser's person than before. */
export const keptOfMe = new EventTarget();

/** Hands a correction in; throws a CorrectionError when it is not kept. */
export async function correct(correction: Correction): Promise<Kept> {
  const kept = await ask<Kept>("api/v1/corrections", "POST", {}, { ...correction, contributor: contributor() });
  keptOfMe.dispatchEvent(new Event("changed"));
  return kept;
}

/** Erases everything that this browser has handed in. */
export async function takeBack(): Promise<void> {
  await ask("api/v1/corrections/mine", "DELETE", asContributor());
  keptOfMe.dispatchEvent(new Event("changed"));
}

/** The headers of a request about what is kept of this browser's person. */
export function asContributor(): Record<string, string> {
  return { authorization: `Bearer ${contributor()}` };
}

/** Asks the server; throws a CorrectionError when it refuses. */
export async function ask<Answer>(url: string, method: string, headers: Record<string, string> = {}, body?: object): Promise<Answer> {
  let reply: Response;
  try {
    reply = await fetch(url, body ? { method, headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) } : { method, headers });
  } catch {
    throw new CorrectionError("unreachable");
  }
  const answer: unknown = await reply.json().catch(() => undefined);
  if (reply.ok) return answer as Answer;
  throw new CorrectionError((answer as { readonly code?: string } | undefined)?.code ?? String(reply.status));
}
