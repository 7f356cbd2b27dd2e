import type { Emotion } from "../client/contracts.ts";
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

/** The server takes no such correction; `code` is its word for why, or "unreachable". */
export class CorrectionError extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** Hands a correction in; throws a CorrectionError when it is not kept. */
export async function correct(correction: Correction): Promise<void> {
  await ask("api/v1/corrections", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...correction, contributor: contributor() }),
  });
}

/** Erases everything that this browser has handed in. */
export async function takeBack(): Promise<void> {
  await ask("api/v1/corrections/mine", { method: "DELETE", headers: { authorization: `Bearer ${contributor()}` } });
}

async function ask(url: string, request: RequestInit): Promise<void> {
  let reply: Response;
  try {
    reply = await fetch(url, request);
  } catch {
    throw new CorrectionError("unreachable");
  }
  if (reply.ok) return;
  const problem = (await reply.json().catch(() => ({}))) as { readonly code?: string };
  throw new CorrectionError(problem.code ?? String(reply.status));
}
