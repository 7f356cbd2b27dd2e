import type { ArchivePage, ArchiveTerms, FacesDeleted, MyArchive } from "../../client/contracts.generated.ts";
import { request } from "../request.ts";
import { contributor, knownContributor } from "./contributor.ts";

/** Kept faces, the newest first: one's own, or with the operator's key everybody's. */
export type FacePage = Pick<ArchivePage, "enabled" | "total" | "faces">;

export const pageSize = 24;

/** Whether this person has opted in, as the server said last. */
export const archiveConsent = { given: false };

/** One's own part of the archive. Who never gave anything has no secret yet, and gets none by looking. */
export async function ownArchive(before?: number): Promise<MyArchive> {
  if (!knownContributor()) return { enabled: (await request<ArchiveTerms>("archive/terms")).enabled, optedIn: false, total: 0, faces: [] };
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
  return (await request<FacesDeleted>("archive/consent", { method: "DELETE", bearer: contributor() })).deleted;
}

/** Deletes one of one's own kept faces, or all; the corrections stay. */
export async function deleteFaces(id?: string): Promise<void> {
  await request(`archive/mine${id ? `?id=${encodeURIComponent(id)}` : ""}`, { method: "DELETE", bearer: contributor() });
}
