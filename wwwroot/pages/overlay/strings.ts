import { inLanguage } from "../../kit/language.ts";

/** What the overlay page says. */
const english = {
  help: "Add this page to your streaming program as a browser source, and say in its address what to show:",
  room: "the room; needed",
  person: "a person's name or id; without it, the room as a whole",
  position: "top-left, top, top-right, left, center, right, bottom-left, bottom, bottom-right",
  size: "small, medium, large, or a number from 0.5 to 5",
  show: "any of name, appearance, bars, mix",
  token: "a viewer's token, if the room asks for one",
};

const german: typeof english = {
  help: "Fügen Sie diese Seite im Streaming-Programm als Browserquelle hinzu und sagen Sie in der Adresse, was sie zeigt:",
  room: "der Raum; muss sein",
  person: "Name oder Kennung einer Person; sonst der Raum als Ganzes",
  position: "top-left, top, top-right, left, center, right, bottom-left, bottom, bottom-right",
  size: "small, medium, large oder eine Zahl von 0.5 bis 5",
  show: "eines oder mehrere von name, appearance, bars, mix",
  token: "die Kennung für Zuschauer, wenn der Raum eine verlangt",
};

export const strings = inLanguage({ en: english, de: german });
