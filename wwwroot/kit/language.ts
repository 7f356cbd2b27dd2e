/** The languages of the pages; for a new one, the compiler names every table that lacks it. */
export const languages = ["en", "de"] as const;
export type Language = (typeof languages)[number];

/** The first of the browser's languages that the pages speak. */
export const language: Language = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? "en";

/** Of the same texts in every language, those in the page's. */
export function inLanguage<Texts>(tables: Readonly<Record<Language, Texts>>): Texts {
  return tables[language];
}

/** One text for several of the server's code words. */
export function sameFor(codes: readonly string[], text: string): Record<string, string> {
  return Object.fromEntries(codes.map((code) => [code, text]));
}

function isLanguage(tag: string): tag is Language {
  return (languages as readonly string[]).includes(tag);
}
