import type { CorrectionKept, CorrectionRequest } from "../../client/contracts.generated.ts";
import { request } from "../request.ts";
import { contributor } from "./contributor.ts";

/** A person's correction of a reading of their own face. */
export type Correction = Omit<CorrectionRequest, "contributor">;

/** Dispatches "changed" when what the server stores of this person may have changed. */
export const keptOfMe = new EventTarget();

/** Sends a correction; throws a RequestError if it is not accepted. */
export async function correct(correction: Correction): Promise<CorrectionKept> {
  const kept = await request<CorrectionKept>("corrections", { method: "POST", body: { ...correction, contributor: contributor() } });
  keptOfMe.dispatchEvent(new Event("changed"));
  return kept;
}

/** Deletes all corrections from this browser. */
export async function takeBack(): Promise<void> {
  await request("corrections/mine", { method: "DELETE", bearer: contributor() });
  keptOfMe.dispatchEvent(new Event("changed"));
}
