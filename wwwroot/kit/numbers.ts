import { language } from "./language.ts";

/** Figures on screen, formatted for the page's language; exports and the API always use a decimal point. */
export type Digits = 0 | 1 | 2;

// Creating a format takes far longer than using it, and figures are written with every frame.
const whole = new Intl.NumberFormat(language);
const upToTwo = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
const fixedBy = formats();
const percentBy = formats({ style: "percent" });
const signedBy = formats({ signDisplay: "exceptZero" });

export const number = (value: number): string => whole.format(value);

export const decimal = (value: number): string => upToTwo.format(value);

/** What rounds to zero has no sign. */
export const fixed = (value: number, digits: Digits): string => withMinus(fixedBy[digits].format(Math.abs(value) < 0.5 / 10 ** digits ? 0 : value));

export const signed = (value: number, digits: Digits): string => withMinus(signedBy[digits].format(value));

export const percent = (share: number, digits: Digits = 1): string => percentBy[digits].format(share);

function formats(options: Intl.NumberFormatOptions = {}): Record<Digits, Intl.NumberFormat> {
  const of = (digits: Digits) => new Intl.NumberFormat(language, { ...options, minimumFractionDigits: digits, maximumFractionDigits: digits });
  return { 0: of(0), 1: of(1), 2: of(2) };
}

/** A minus sign as wide as a plus sign, where the format uses a hyphen. */
function withMinus(figure: string): string {
  return figure.replace("-", "\u2212");
}
