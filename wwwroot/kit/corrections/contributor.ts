const key = "contributor";

/** The secret with which this browser sends, views and deletes its corrections; created when first needed. */
export function contributor(): string {
  const kept = knownContributor();
  if (kept) return kept;
  const made = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  localStorage.setItem(key, made);
  return made;
}

/** That secret, if it was ever created. */
export function knownContributor(): string | undefined {
  return localStorage.getItem(key) ?? undefined;
}
