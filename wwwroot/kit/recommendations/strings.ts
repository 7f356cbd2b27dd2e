import type { Medium, RecommendationMode } from "../../client/contracts.generated.ts";
import { inLanguage } from "../language.ts";

/** What the recommendations say. */
const english = {
  title: "Something for the mood",
  mode: "What it shall do",
  modes: { match: "Match my mood", change: "Change my mood" } satisfies Record<RecommendationMode, string> as Record<RecommendationMode, string>,
  kind: "Kind",
  media: { movies: "Movies", songs: "Songs", books: "Books" } satisfies Record<Medium, string> as Record<Medium, string>,
  mood: "Mood",
  choose: "Choose a mood, and here is what to watch, hear or read.",
  pickedFor: (mood: string) => `Picked for: ${mood}`,
  for: {
    match: (emotion: string) => `goes with: ${emotion}`,
    change: (emotion: string) => `leads out of: ${emotion}`,
  } satisfies Record<RecommendationMode, (emotion: string) => string> as Record<RecommendationMode, (emotion: string) => string>,
  others: "Show me others",
  count: (count: number, kind: string) => `${kind}: ${count}`,
  none: "The catalogue has nothing of this kind for this mood.",
  unreachable: "The server can't be reached. Please try again in a moment.",
  links: "Titles open in a new tab. The page behind them learns nothing about you from here.",
};

const german: typeof english = {
  title: "Etwas für die Stimmung",
  mode: "Was es bewirken soll",
  modes: { match: "Stimmung begleiten", change: "Stimmung ändern" },
  kind: "Art",
  media: { movies: "Filme", songs: "Lieder", books: "Bücher" },
  mood: "Stimmung",
  choose: "Wählen Sie eine Stimmung; hier steht dann, was es dazu zu sehen, zu hören oder zu lesen gibt.",
  pickedFor: (mood) => `Ausgesucht für: ${mood}`,
  for: {
    match: (emotion) => `passt zu: ${emotion}`,
    change: (emotion) => `führt heraus aus: ${emotion}`,
  },
  others: "Andere zeigen",
  count: (count, kind) => `${kind}: ${count}`,
  none: "Für diese Stimmung hat der Katalog nichts von dieser Art.",
  unreachable: "Der Server ist nicht erreichbar. Bitte versuchen Sie es gleich noch einmal.",
  links: "Titel öffnen sich in einem neuen Tab. Die Seite dahinter erfährt von hier nichts über Sie.",
};

export const strings = inLanguage({ en: english, de: german });
