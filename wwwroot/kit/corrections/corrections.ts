import type { Emotion } from "../../client/contracts.ts";
import { request } from "../request.ts";
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

/** Tells, as "changed", that the server keeps something else of this browser's person than before. */
export const keptOfMe = new EventTarget();

/** Hands a correction in; throws a RequestError when it is not kept. */
export async function correct(correction: Correction): Promise<Kept> {
  const kept = await request<Kept>("corrections", { method: "POST", body: { ...correction, contributor: contributor() } });
  keptOfMe.dispatchEvent(new Event("changed"));
  return kept;
}

/** Erases everything that this browser has handed in. */
export async function takeBack(): Promise<void> {
  await request("corrections/mine", { method: "DELETE", bearer: contributor() });
  keptOfMe.dispatchEvent(new Event("changed"));
}
