import type { HistoryErased } from "../client/contracts.generated.ts";
import { request } from "./request.ts";

const key = "emotionstream.stays";
const most = 100;
const hourMilliseconds = 3_600_000;

/** One stay in a room whose history is on: the token opens and erases what was kept of it. */
export interface Stay {
  readonly token: string;
  /** When the last of it will be gone by itself, in milliseconds since 1970. */
  readonly until: number;
}

/** Remembers in this browser that a stay began, so that what is kept of it can be erased, today or in a week. */
export function remember(token: string, retentionHours: number, now = Date.now()): void {
  // A stay may last for hours, and its end is not always noticed: a day more does no harm.
  const until = now + (retentionHours + 24) * hourMilliseconds;
  write([...stays(now).filter((stay) => stay.token !== token), { token, until }].slice(-most));
}

/** The stays of which something may still be kept. */
export function stays(now = Date.now()): Stay[] {
  try {
    return parseStays(localStorage.getItem(key)).filter((stay) => stay.until > now);
  } catch {
    // Storage may be forbidden; then only the stay at hand can be erased.
    return [];
  }
}

/** What was stored, less whatever is no stay. */
export function parseStays(text: string | null): Stay[] {
  try {
    const value: unknown = JSON.parse(text ?? "[]");
    if (!Array.isArray(value)) return [];
    return value.slice(0, most).filter((stay: unknown): stay is Stay => {
      if (typeof stay !== "object" || stay === null) return false;
      const { token, until } = stay as Record<string, unknown>;
      return typeof token === "string" && /^[\w-]{1,100}$/.test(token) && typeof until === "number";
    });
  } catch {
    return [];
  }
}

/** Erases what the server keeps of every remembered stay and returns how many readings that were. Throws if it can't just now. */
export async function eraseStays(): Promise<number> {
  let readings = 0;
  for (const { token } of stays()) {
    readings += (await request<HistoryErased>("history/mine", { method: "DELETE", bearer: token })).readings;
    write(stays().filter((stay) => stay.token !== token));
  }
  return readings;
}

function write(list: readonly Stay[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(list));
  } catch {
    // As above.
  }
}
