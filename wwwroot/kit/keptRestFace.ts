import { isRestFace, type RestFace } from "../client/restFace.ts";

const key = "emotionstream.restFace";

/** A resting face stored in this browser, with the model it was recorded with: it does not apply to others. */
export interface KeptRestFace {
  readonly model: string;
  readonly reading: RestFace;
}

/** The stored resting face, if it is valid. */
export function readKept(): KeptRestFace | undefined {
  try {
    return parseKept(localStorage.getItem(key));
  } catch {
    // Storage may be forbidden.
    return undefined;
  }
}

export function parseKept(text: string | null): KeptRestFace | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    if (typeof value !== "object" || value === null) return undefined;
    const { model, reading } = value as Record<string, unknown>;
    return typeof model === "string" && isRestFace(reading) ? { model, reading } : undefined;
  } catch {
    return undefined;
  }
}

/** Stores a resting face in this browser, or removes it if undefined; false if storage is blocked. */
export function keep(kept: KeptRestFace | undefined): boolean {
  try {
    if (kept) localStorage.setItem(key, JSON.stringify(kept));
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}
