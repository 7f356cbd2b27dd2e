import type { Emotion } from "../../client/contracts.ts";
import { request } from "../request.ts";
import { contributor, knownContributor } from "./contributor.ts";

/** A face that the server keeps, with what was said of it. */
export interface ArchivedFace {
  readonly id: string;
  readonly at: number;
  /** What the person said, and what the server had said. */
  readonly label: Emotion;
  readonly answer: Emotion;
  /** 48x48 grey pixels, row by row, in base64; null where they can't be read. */
  readonly pixels: string | null;
  readonly problem: SealProblem | null;
}

/** Why a kept face can't be shown. */
export type SealProblem = "no_key" | "other_key" | "damaged";

export interface FacePage {
  readonly enabled: boolean;
  readonly total: number;
  /** The newest first. */
  readonly faces: readonly ArchivedFace[];
}

/** What the server keeps of this browser's person, and whether they agree to it. */
export interface MyArchive extends FacePage {
  readonly optedIn: boolean;
}

export const pageSize = 24;

/** Whether this person has opted in, as the server said last. */
export const archiveConsent = { given: false };

/** One's own part of the archive. Who never gave anything has no secret yet, and gets none by looking. */
export async function ownArchive(before?: number): Promise<MyArchive> {
  if (!knownContributor()) return { enabled: (await request<{ readonly enabled: boolean }>("archive/terms")).enabled, optedIn: false, total: 0, faces: [] };
  return request<MyArchive>(`archive/mine?limit=${pageSize}${before === undefined ? "" : `&before=${before}`}`, { bearer: contributor() });
}

/** Agrees to have the faces of one's corrections kept, until one withdraws. */
export function optIn(): Promise<void> {
  return request("archive/consent", { method: "PUT", bearer: contributor() });
}

/** Lets a session hold the face it sees for as long as it can be corrected. */
export function holdFaces(resumeToken: string): Promise<void> {
  return request("archive/sessions", { method: "POST", bearer: contributor(), body: { resumeToken } });
}

/** Takes the agreement back; every kept face is deleted with it. Returns how many those were. */
export async function withdraw(): Promise<number> {
  return (await request<{ readonly deleted: number }>("archive/consent", { method: "DELETE", bearer: contributor() })).deleted;
}

/** Deletes one of one's own kept faces, or all; the corrections stay. */
export async function deleteFaces(id?: string): Promise<void> {
  await request(`archive/mine${id ? `?id=${encodeURIComponent(id)}` : ""}`, { method: "DELETE", bearer: contributor() });
}
