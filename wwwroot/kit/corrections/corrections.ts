import type { CorrectionKept, CorrectionRequest } from "../../client/contracts.generated.ts";
import { request } from "../request.ts";
import { contributor } from "./contributor.ts";

/** What a person says of one of their own faces. */
export type Correction = Omit<CorrectionRequest, "contributor">;

/** Tells, as "changed", that the server keeps something else of this browser's person than before. */
export const keptOfMe = new EventTarget();

/** Hands a correction in; throws a RequestError when it is not kept. */
export async function correct(correction: Correction): Promise<CorrectionKept> {
  const kept = await request<CorrectionKept>("corrections", { method: "POST", body: { ...correction, contributor: contributor() } });
  keptOfMe.dispatchEvent(new Event("changed"));
  return kept;
}

/** Erases everything that this browser has handed in. */
export async function takeBack(): Promise<void> {
  await request("corrections/mine", { method: "DELETE", bearer: contributor() });
  keptOfMe.dispatchEvent(new Event("changed"));
}
