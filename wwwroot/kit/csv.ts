/** Four digits are more than the model can mean. */
export function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/**
 * A text as a cell. One that a spreadsheet would take for a formula gets an apostrophe before it, since names come from strangers
 * (OWASP, "CSV Injection").
 */
export function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
