import { inLanguage, sameFor } from "../../kit/language.ts";

/** The server's codes for pictures that it does not accept. */
const unreadablePicture = ["not_a_picture", "undecodable", "empty_picture"];
const hugePicture = ["too_large", "too_many_pixels", "request_too_large"];

/** Texts of the Pictures page. */
const english = {
  face: (id: string) => `Face ${id}`,
  recommendFromPicture: "As the face appears",
  recommendNoFace: "No face is selected. Choose a mood yourself, or choose a picture with a face.",
  heading: "What the faces in a picture appear to express",
  lead: "Choose one or more pictures. Every face gets its own reading: the share of each of eight expressions, and where the model looked.",
  drop: "Drop pictures here",
  paste: "or paste them with Ctrl+V",
  choose: "Choose pictures",
  demo: "Try the demo pictures",
  hint: "Before sending, your browser makes pictures smaller and removes where and with which camera they were taken. If other people are in a picture, ask them first.",
  add: "Add pictures",
  removeAll: "Remove all",
  pictures: "Pictures",
  pictureTitle: "Picture",
  faceMarks: "Faces in the picture",
  footer: "Readings say how a face appears, never how a person feels. Pictures are processed in memory and not stored unless you agree to that separately.",
  pastedPicture: "pasted picture",
  pictureAlt: (name: string) => `Picture ${name}`,
  pictureReading: "Reading…",
  pictureFaces: (count: number) => (count === 0 ? "No face" : count === 1 ? "1 face" : `${count} faces`),
  pictureNoFace: "No face was found. Try a picture with a larger or brighter face, or one looking at the camera.",
  pictureUnread: "This picture has no reading.",
  removePicture: (name: string) => `Remove ${name}`,
  tryAgain: "Try again",
  tooManyPictures: (count: number) => `This page can hold ${count} pictures. The others were not added.`,
  pictureProblems: {
    ...sameFor(unreadablePicture, "This is not a picture that can be read. JPEG, PNG and WebP always work."),
    ...sameFor(hugePicture, "This picture is too large."),
    busy: "The server is busy with other pictures. Please try again in a moment.",
    unreachable: "The server can't be reached. Please try again in a moment.",
  } as Readonly<Record<string, string>>,
  pictureFailed: "The server could not read this picture.",
  sureness: {
    high: () => "Most people would very likely say the same",
    fair: (second: string) => `Most people would probably say the same; some might say ${second}`,
    low: (second: string) => `Hard to tell; some people might say ${second}`,
  } satisfies Record<"high" | "fair" | "low", (second: string) => string> as Record<"high" | "fair" | "low", (second: string) => string>,
};

const german: typeof english = {
  face: (id) => `Gesicht ${id}`,
  recommendFromPicture: "Wie das Gesicht wirkt",
  recommendNoFace: "Es ist kein Gesicht ausgewählt. Wählen Sie selbst eine Stimmung oder ein Bild mit einem Gesicht.",
  heading: "Was die Gesichter in einem Bild auszudrücken scheinen",
  lead: "Wählen Sie ein oder mehrere Bilder. Jedes Gesicht bekommt ein eigenes Ergebnis: den Anteil jedes der acht Ausdrücke und die Stellen, auf die das Modell geachtet hat.",
  drop: "Bilder hier ablegen",
  paste: "oder mit Strg+V einfügen",
  choose: "Bilder auswählen",
  demo: "Mit Demo-Bildern ausprobieren",
  hint: "Vor dem Senden verkleinert Ihr Browser die Bilder und entfernt, wo und mit welcher Kamera sie aufgenommen wurden. Wenn andere Personen im Bild sind, fragen Sie sie vorher.",
  add: "Bilder hinzufügen",
  removeAll: "Alle entfernen",
  pictures: "Bilder",
  pictureTitle: "Bild",
  faceMarks: "Gesichter im Bild",
  footer: "Ergebnisse sagen, wie ein Gesicht wirkt, nie, was ein Mensch fühlt. Bilder werden im Arbeitsspeicher verarbeitet und nur gespeichert, wenn Sie dem gesondert zustimmen.",
  pastedPicture: "eingefügtes Bild",
  pictureAlt: (name) => `Bild ${name}`,
  pictureReading: "Wird ausgewertet …",
  pictureFaces: (count) => (count === 0 ? "Kein Gesicht" : count === 1 ? "1 Gesicht" : `${count} Gesichter`),
  pictureNoFace: "Kein Gesicht gefunden. Versuchen Sie es mit einem Bild, auf dem das Gesicht größer oder heller ist oder in die Kamera schaut.",
  pictureUnread: "Zu diesem Bild gibt es kein Ergebnis.",
  removePicture: (name) => `${name} entfernen`,
  tryAgain: "Noch einmal versuchen",
  tooManyPictures: (count) => `Auf dieser Seite ist Platz für ${count} Bilder. Die übrigen wurden nicht hinzugefügt.`,
  pictureProblems: {
    ...sameFor(unreadablePicture, "Dieses Bild lässt sich nicht lesen. JPEG, PNG und WebP funktionieren immer."),
    ...sameFor(hugePicture, "Dieses Bild ist zu groß."),
    busy: "Der Server ist mit anderen Bildern beschäftigt. Bitte versuchen Sie es gleich noch einmal.",
    unreachable: "Der Server ist nicht erreichbar. Bitte versuchen Sie es gleich noch einmal.",
  },
  pictureFailed: "Der Server konnte dieses Bild nicht auswerten.",
  sureness: {
    high: () => "Sehr wahrscheinlich würden die meisten dasselbe sagen",
    fair: (second) => `Wahrscheinlich würden die meisten dasselbe sagen, manche vielleicht ${second}`,
    low: (second) => `Schwer zu sagen; manche würden auch ${second} sagen`,
  },
};

export const strings = inLanguage({ en: english, de: german });
