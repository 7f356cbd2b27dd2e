import { inLanguage } from "../../kit/language.ts";

/** Texts of the Overlay page. */
const english = {
  help: "Add this page to your streaming software as a browser source. Its address says what it shows:",
  room: "the room (required)",
  person: "a person's name or ID; if omitted, the room as a whole",
  position: "top-left, top, top-right, left, center, right, bottom-left, bottom, bottom-right",
  size: "small, medium, large, or a number from 0.5 to 5",
  show: "one or more of name, appearance, bars, mix",
  token: "a viewer token, if the room requires one",
};

const german: typeof english = {
  help: "Fügen Sie diese Seite in Ihrer Streaming-Software als Browserquelle hinzu. Die Adresse legt fest, was sie zeigt:",
  room: "der Raum (erforderlich)",
  person: "Name oder ID einer Person; ohne Angabe der Raum insgesamt",
  position: "top-left, top, top-right, left, center, right, bottom-left, bottom, bottom-right",
  size: "small, medium, large oder eine Zahl von 0.5 bis 5",
  show: "eines oder mehrere von name, appearance, bars, mix",
  token: "ein Zugangstoken für Zuschauer, falls der Raum eines verlangt",
};

export const strings = inLanguage({ en: english, de: german });
