import { inLanguage } from "../../kit/language.ts";

/** Texts of the API page that are not the document's own. */
const english = {
  title: "HTTP API",
  lead: "Generated from the server's OpenAPI document:",
  loading: "Loading…",
  unreachable: "The server's OpenAPI document can't be loaded. Check that the server is running, then reload this page.",
  headings: "Sections",
  parameters: "Parameters",
  body: "Request body",
  answers: "Responses",
  shapes: "Schemas",
  shapesLead: "The types used above.",
  name: "Name",
  type: "Type",
  meaning: "Description",
  status: "Status",
  required: "required",
  orNothing: "or null",
  listOf: (what: string) => `list of ${what}`,
  atMost: (count: number) => `at most ${count}`,
  byName: (what: string) => `${what} by name`,
  normally: (value: string) => `Default: ${value}.`,
};

const german: typeof english = {
  title: "HTTP-API",
  lead: "Erzeugt aus dem OpenAPI-Dokument des Servers:",
  loading: "Wird geladen …",
  unreachable: "Das OpenAPI-Dokument des Servers kann nicht geladen werden. Prüfen Sie, ob der Server läuft, und laden Sie die Seite neu.",
  headings: "Abschnitte",
  parameters: "Parameter",
  body: "Anfrageinhalt",
  answers: "Antworten",
  shapes: "Schemas",
  shapesLead: "Die oben verwendeten Typen.",
  name: "Name",
  type: "Typ",
  meaning: "Beschreibung",
  status: "Status",
  required: "erforderlich",
  orNothing: "oder null",
  listOf: (what) => `Liste von ${what}`,
  atMost: (count) => `höchstens ${count}`,
  byName: (what) => `${what} nach Namen`,
  normally: (value) => `Standard: ${value}.`,
};

export const strings = inLanguage({ en: english, de: german });
