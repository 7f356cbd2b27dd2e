import type { Medium, RecommendationMode } from "../../client/contracts.generated.ts";
import { inLanguage } from "../language.ts";

/** Texts of the recommendations. */
const english = {
  title: "Suggestions for the mood",
  mode: "What suggestions should do",
  modes: { match: "Match my mood", change: "Change my mood" } satisfies Record<RecommendationMode, string> as Record<RecommendationMode, string>,
  kind: "Kind",
  media: { movies: "Movies", songs: "Songs", books: "Books" } satisfies Record<Medium, string> as Record<Medium, string>,
  mood: "Mood",
  choose: "Choose a mood to see what to watch, hear or read.",
  pickedFor: (mood: string) => `Picked for: ${mood}`,
  for: {
    match: (emotion: string) => `goes with: ${emotion}`,
    change: (emotion: string) => `away from: ${emotion}`,
  } satisfies Record<RecommendationMode, (emotion: string) => string> as Record<RecommendationMode, (emotion: string) => string>,
  others: "Show others",
  count: (count: number, kind: string) => `${kind}: ${count}`,
  none: "The catalog has nothing of this kind for this mood.",
  unreachable: "The server can't be reached. Please try again in a moment.",
  links: "Titles open in a new tab. Their pages learn nothing about you from here.",
};

const german: typeof english = {
  title: "Vorschläge zur Stimmung",
  mode: "Was die Vorschläge bewirken sollen",
  modes: { match: "Passend zur Stimmung", change: "Für eine andere Stimmung" },
  kind: "Art",
  media: { movies: "Filme", songs: "Lieder", books: "Bücher" },
  mood: "Stimmung",
  choose: "Wählen Sie eine Stimmung, und hier steht, was Sie ansehen, hören oder lesen können.",
  pickedFor: (mood) => `Ausgewählt für: ${mood}`,
  for: {
    match: (emotion) => `passt zu: ${emotion}`,
    change: (emotion) => `weg von: ${emotion}`,
  },
  others: "Andere anzeigen",
  count: (count, kind) => `${kind}: ${count}`,
  none: "Der Katalog enthält nichts dieser Art für diese Stimmung.",
  unreachable: "Der Server ist nicht erreichbar. Bitte versuchen Sie es gleich noch einmal.",
  links: "Titel öffnen sich in einem neuen Tab. Deren Seiten erfahren von hier nichts über Sie.",
};

export const strings = inLanguage({ en: english, de: german });
