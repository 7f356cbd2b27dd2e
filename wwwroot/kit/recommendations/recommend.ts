import type { RecommendationList, RecommendationRequest } from "./contracts.ts";

/** Asks the server; the mood goes in the body, since addresses end up in logs. Throws when there is no answer. */
export async function recommend(request: RecommendationRequest, signal: AbortSignal): Promise<RecommendationList> {
  const reply = await fetch("api/v1/recommendations", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(request),
    signal,
  });
  if (!reply.ok) throw new Error(`${reply.status} ${reply.statusText}`);
  return (await reply.json()) as RecommendationList;
}
