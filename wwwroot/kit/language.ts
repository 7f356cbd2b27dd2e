/** The languages of the pages. The compiler reports every table that lacks one. */
export const languages = ["en", "de"] as const;
export type Language = (typeof languages)[number];

/** The first of the browser's languages that the pages support. */
export const language: Language = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? "en";

/** Picks the texts in the page's language. */
export function inLanguage<Texts>(tables: Readonly<Record<Language, Texts>>): Texts {
  return tables[language];
}

/** One text for several of the server's codes. */
export function sameFor(codes: readonly string[], text: string): Record<string, string> {
  return Object.fromEntries(codes.map((code) => [code, text]));
}

function isLanguage(tag: string): tag is Language {
  return (languages as readonly string[]).includes(tag);
}
