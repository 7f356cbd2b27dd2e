import { inLanguage, sameFor } from "../../kit/language.ts";

/** The server's code words for what may be wrong with a picture, by what to tell of it. */
const unreadablePicture = ["not_a_picture", "undecodable", "empty_picture"];
const hugePicture = ["too_large", "too_many_pixels", "request_too_large"];

/** What the page about pictures says. */
const english = {
  face: (id: string) => `Face ${id}`,
  recommendFromPicture: "As the face appears",
  recommendNoFace: "No face is selected. Choose a mood yourself, or a picture with a face.",
  heading: "What the faces in a picture appear to express",
  lead: "Choose one picture or many. Every face gets a reading of its own: eight expressions, each with its share, and where the model looked.",
  drop: "Drop pictures here",
  paste: "or paste them with Ctrl+V",
  choose: "Choose pictures",
  demo: "Try the demo pictures",
  hint: "Your browser makes pictures smaller and takes out where and with which camera they were taken, before it sends them. If others are in a picture, ask them first.",
  add: "Add pictures",
  removeAll: "Remove all",
  pictures: "Pictures",
  pictureTitle: "Picture",
  faceMarks: "Faces in the picture",
  footer: "Readings say how a face appears, never what a person feels. Pictures are read in memory and not stored unless you agree to just that.",
  pastedPicture: "pasted picture",
  pictureAlt: (name: string) => `The picture ${name}`,
  pictureReading: "Reading…",
  pictureFaces: (count: number) => (count === 0 ? "No face" : count === 1 ? "1 face" : `${count} faces`),
  pictureNoFace: "No face was found. A larger, brighter or less turned face may help.",
  pictureUnread: "There is no reading of this picture.",
  removePicture: (name: string) => `Remove ${name}`,
  tryAgain: "Try again",
  tooManyPictures: (count: number) => `This page holds up to ${count} pictures; the rest were left out.`,
  pictureProblems: {
    ...sameFor(unreadablePicture, "This is not a picture that can be read. JPEG, PNG and WebP always can."),
    ...sameFor(hugePicture, "This picture is too large."),
    busy: "The server is busy with other pictures. Please try again in a moment.",
    unreachable: "The server can't be reached. Please try again in a moment.",
  } as Readonly<Record<string, string>>,
  pictureFailed: "The server could not read this picture.",
  sureness: {
    high: () => "Most people would very likely say the same",
    fair: (second: string) => `Most people would probably say the same, some ${second}`,
    low: (second: string) => `Hard to tell; people might also say ${second}`,
  } satisfies Record<"high" | "fair" | "low", (second: string) => string> as Record<"high" | "fair" | "low", (second: string) => string>,
};

const german: typeof english = {
  face: (id) => `Gesicht ${id}`,
  recommendFromPicture: "Wie das Gesicht wirkt",
  recommendNoFace: "Es ist kein Gesicht ausgewählt. Wählen Sie selbst eine Stimmung oder ein Bild mit einem Gesicht.",
  heading: "Was die Gesichter in einem Bild auszudrücken scheinen",
  lead: "Wählen Sie ein Bild oder mehrere. Jedes Gesicht wird für sich gelesen: acht Ausdrücke, jeder mit seinem Anteil, und wohin das Modell gesehen hat.",
  drop: "Bilder hier ablegen",
  paste: "oder mit Strg+V einfügen",
  choose: "Bilder auswählen",
  demo: "Mit Demo-Bildern versuchen",
  hint: "Ihr Browser verkleinert Bilder und entfernt, wo und mit welcher Kamera sie aufgenommen wurden, bevor er sie sendet. Sind andere im Bild, fragen Sie sie vorher.",
  add: "Bilder hinzufügen",
  removeAll: "Alle entfernen",
  pictures: "Bilder",
  pictureTitle: "Bild",
  faceMarks: "Gesichter im Bild",
  footer: "Ergebnisse sagen, wie ein Gesicht wirkt, nie, was ein Mensch fühlt. Bilder werden im Arbeitsspeicher gelesen und nicht gespeichert, es sei denn, Sie stimmen genau dem zu.",
  pastedPicture: "eingefügtes Bild",
  pictureAlt: (name) => `Das Bild ${name}`,
  pictureReading: "Wird gelesen …",
  pictureFaces: (count) => (count === 0 ? "Kein Gesicht" : count === 1 ? "1 Gesicht" : `${count} Gesichter`),
  pictureNoFace: "Es wurde kein Gesicht gefunden. Ein größeres, helleres oder weniger gedrehtes Gesicht kann helfen.",
  pictureUnread: "Zu diesem Bild gibt es kein Ergebnis.",
  removePicture: (name) => `${name} entfernen`,
  tryAgain: "Noch einmal versuchen",
  tooManyPictures: (count) => `Diese Seite fasst bis zu ${count} Bilder; die übrigen wurden weggelassen.`,
  pictureProblems: {
    ...sameFor(unreadablePicture, "Das ist kein Bild, das sich lesen lässt. JPEG, PNG und WebP gehen immer."),
    ...sameFor(hugePicture, "Dieses Bild ist zu groß."),
    busy: "Der Server ist mit anderen Bildern beschäftigt. Bitte versuchen Sie es gleich noch einmal.",
    unreachable: "Der Server ist nicht erreichbar. Bitte versuchen Sie es gleich noch einmal.",
  },
  pictureFailed: "Der Server konnte dieses Bild nicht lesen.",
  sureness: {
    high: () => "Sehr wahrscheinlich würden die meisten dasselbe sagen",
    fair: (second) => `Wahrscheinlich würden die meisten dasselbe sagen, manche ${second}`,
    low: (second) => `Schwer zu sagen; manche würden auch ${second} sagen`,
  },
};

export const strings = inLanguage({ en: english, de: german });
