import { language } from "./language.ts";

/** Figures for the eye, as the page's language writes them; files and the API keep the decimal point. */
export type Digits = 0 | 1 | 2;

// Making a format takes far longer than using it, and a face's figures are written with every frame.
const whole = new Intl.NumberFormat(language);
const upToTwo = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
const fixedBy = formats();
const percentBy = formats({ style: "percent" });
const signedBy = formats({ signDisplay: "exceptZero" });

export const number = (value: number): string => whole.format(value);

export const decimal = (value: number): string => upToTwo.format(value);

/** What rounds to nought has no sign. */
export const fixed = (value: number, digits: Digits): string => withMinus(fixedBy[digits].format(Math.abs(value) < 0.5 / 10 ** digits ? 0 : value));

export const signed = (value: number, digits: Digits): string => withMinus(signedBy[digits].format(value));

export const percent = (share: number, digits: Digits = 1): string => percentBy[digits].format(share);

function formats(options: Intl.NumberFormatOptions = {}): Record<Digits, Intl.NumberFormat> {
  const of = (digits: Digits) => new Intl.NumberFormat(language, { ...options, minimumFractionDigits: digits, maximumFractionDigits: digits });
  return { 0: of(0), 1: of(1), 2: of(2) };
}

/** A minus as wide as a plus, where the language has a hyphen. */
function withMinus(figure: string): string {
  return figure.replace("-", "\u2212");
}
