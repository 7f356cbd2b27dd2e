import type { HistoryErased } from "../client/contracts.generated.ts";
import { request } from "./request.ts";

const key = "emotionstream.stays";
const most = 100;
const hourMilliseconds = 3_600_000;

/** One visit to a room whose history is on; its token gives access to what was stored of it. */
export interface Visit {
  readonly token: string;
  /** When the last of it expires, in milliseconds since 1970. */
  readonly until: number;
}

/** Remembers a visit in this browser, so that what is stored of it can still be deleted days later. */
export function remember(token: string, retentionHours: number, now = Date.now()): void {
  // A visit may last for hours, and its end is not always seen, so a day is added.
  const until = now + (retentionHours + 24) * hourMilliseconds;
  write([...visits(now).filter((visit) => visit.token !== token), { token, until }].slice(-most));
}

/** The visits of which something may still be stored. */
export function visits(now = Date.now()): Visit[] {
  try {
    return parseVisits(localStorage.getItem(key)).filter((visit) => visit.until > now);
  } catch {
    // Storage may be blocked; then no visit is remembered.
    return [];
  }
}

/** The stored visits, without invalid entries. */
export function parseVisits(text: string | null): Visit[] {
  try {
    const value: unknown = JSON.parse(text ?? "[]");
    if (!Array.isArray(value)) return [];
    return value.slice(0, most).filter((visit: unknown): visit is Visit => {
      if (typeof visit !== "object" || visit === null) return false;
      const { token, until } = visit as Record<string, unknown>;
      return typeof token === "string" && /^[\w-]{1,100}$/.test(token) && typeof until === "number";
    });
  } catch {
    return [];
  }
}

/** Deletes what the server has stored of every remembered visit; returns the number of readings. Throws a RequestError. */
export async function deleteVisits(): Promise<number> {
  let readings = 0;
  for (const { token } of visits()) {
    readings += (await request<HistoryErased>("history/mine", { method: "DELETE", bearer: token })).readings;
    write(visits().filter((visit) => visit.token !== token));
  }
  return readings;
}

function write(list: readonly Visit[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(list));
  } catch {
    // As above.
  }
}
