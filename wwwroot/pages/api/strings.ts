import { inLanguage } from "../../kit/language.ts";

/** What the API page says. */
const english = {
  title: "What programs can ask this server",
  lead: "Made from the server's own description, which programs can read, too:",
  loading: "Asking the server…",
  unreachable: "The server's description can't be loaded. Check that it runs and reload this page.",
  headings: "Sections",
  parameters: "Parameters",
  body: "Body",
  answers: "Answers",
  shapes: "Shapes",
  shapesLead: "What the answers above consist of.",
  name: "Name",
  type: "Type",
  meaning: "Meaning",
  status: "Status",
  required: "required",
  orNothing: "or null",
  listOf: (what: string) => `list of ${what}`,
  atMost: (count: number) => `at most ${count}`,
  byName: (what: string) => `${what} by name`,
  normally: (value: string) => `Normally ${value}.`,
};

const german: typeof english = {
  title: "Was Programme diesen Server fragen können",
  lead: "Aus der Beschreibung des Servers selbst, die auch Programme lesen können:",
  loading: "Der Server wird gefragt …",
  unreachable: "Die Beschreibung des Servers lässt sich nicht laden. Prüfen Sie, ob er läuft, und laden Sie die Seite neu.",
  headings: "Abschnitte",
  parameters: "Parameter",
  body: "Inhalt",
  answers: "Antworten",
  shapes: "Formen",
  shapesLead: "Woraus die Antworten oben bestehen.",
  name: "Name",
  type: "Art",
  meaning: "Bedeutung",
  status: "Status",
  required: "nötig",
  orNothing: "oder null",
  listOf: (what) => `Liste von ${what}`,
  atMost: (count) => `höchstens ${count}`,
  byName: (what) => `${what} nach Namen`,
  normally: (value) => `Sonst ${value}.`,
};

export const strings = inLanguage({ en: english, de: german });
