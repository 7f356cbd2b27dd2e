import { isRestFace, type RestFace } from "../client/restFace.ts";

const key = "emotionstream.restFace";

/** A rest face in this browser, and the model by which it was taken: another may read the same face otherwise. */
export interface KeptRestFace {
  readonly model: string;
  readonly reading: RestFace;
}

/** What this browser keeps; nothing if it is no rest face, whoever put it there. */
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

/** Keeps a rest face in this browser, or with nothing forgets it; false if storage is forbidden. */
export function keep(kept: KeptRestFace | undefined): boolean {
  try {
    if (kept) localStorage.setItem(key, JSON.stringify(kept));
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}
