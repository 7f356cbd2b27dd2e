const key = "contributor";

/** The secret under which this browser gives corrections: whoever has it can see them and take them back. Made when first needed. */
export function contributor(): string {
  const kept = knownContributor();
  if (kept) return kept;
  const made = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  localStorage.setItem(key, made);
  return made;
}

/** That secret, if this browser has ever needed one. */
export function knownContributor(): string | undefined {
  return localStorage.getItem(key) ?? undefined;
}
