import type { ArchivePage, ArchiveTerms, FacesDeleted, MyArchive } from "../../client/contracts.generated.ts";
import { request } from "../request.ts";
import { contributor, knownContributor } from "./contributor.ts";

/** Stored faces, newest first: a person's own, or all of them for the operator. */
export type FacePage = Pick<ArchivePage, "enabled" | "total" | "faces">;

export const pageSize = 24;

/** Whether this person has opted in, as last reported by the server. */
export const archiveConsent = { given: false };

/** This person's part of the archive. Looking does not create a secret for people who have none yet. */
export async function ownArchive(before?: number): Promise<MyArchive> {
  if (!knownContributor()) return { enabled: (await request<ArchiveTerms>("archive/terms")).enabled, optedIn: false, total: 0, faces: [] };
  return request<MyArchive>(`archive/mine?limit=${pageSize}${before === undefined ? "" : `&before=${before}`}`, { bearer: contributor() });
}

/** Opts in to storing corrected faces. */
export function optIn(): Promise<void> {
  return request("archive/consent", { method: "PUT", bearer: contributor() });
}

/** Lets the session keep the face it sees for as long as its reading can be corrected. */
export function holdFaces(resumeToken: string): Promise<void> {
  return request("archive/sessions", { method: "POST", bearer: contributor(), body: { resumeToken } });
}

/** Opts out, which deletes all stored faces; returns their number. */
export async function withdraw(): Promise<number> {
  return (await request<FacesDeleted>("archive/consent", { method: "DELETE", bearer: contributor() })).deleted;
}

/** Deletes one of this person's stored faces, or all of them; the corrections stay. */
export async function deleteFaces(id?: string): Promise<void> {
  await request(`archive/mine${id ? `?id=${encodeURIComponent(id)}` : ""}`, { method: "DELETE", bearer: contributor() });
}
