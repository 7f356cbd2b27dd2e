/** Four digits exceed the model's precision. */
export function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/**
 * A text as a CSV cell. Text that a spreadsheet would run as a formula gets a leading apostrophe, since names come from strangers
 * (OWASP, "CSV Injection").
 */
export function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
