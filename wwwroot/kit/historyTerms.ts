import type { HistoryTerms } from "../client/contracts.generated.ts";
import { request } from "./request.ts";
import { shared } from "./strings.ts";

const patienceMilliseconds = 30_000;

/** The notice does not wait longer for a slow server. */
const noticeMilliseconds = 10_000;

/** The server's history settings; throws a RequestError. */
export function historyTerms(patience = patienceMilliseconds): Promise<HistoryTerms> {
  return request<HistoryTerms>("history/terms", { signal: AbortSignal.timeout(patience) });
}

/** What the notice says about storage. If the server does not answer, the notice assumes a history, so that nobody agrees unknowingly. */
export async function whatIsKept(room: string | undefined): Promise<string> {
  if (!room) return shared.noticeStore;
  try {
    const { enabled, rateHz, retentionHours } = await historyTerms(noticeMilliseconds);
    return enabled ? shared.noticeStoreHistory(rateHz, duration(retentionHours)) : shared.noticeStore;
  } catch {
    return shared.noticeStoreUnknown;
  }
}

function duration(hours: number): string {
  if (hours < 1) return shared.durationMinutes(Math.round(hours * 60));
  return hours < 48 ? shared.durationHours(Math.round(hours)) : shared.durationDays(Math.round(hours / 24));
}
