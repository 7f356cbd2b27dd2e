import { inLanguage } from "../language.ts";

/** Texts of corrections and of the face archive. */
const english = {
  notRight: "Not right?",
  notRightLabels: "What the face shows",
  notRightHint: "Correct only your own face. Your answer is stored with the numbers the model computed from this face, so that the model can learn from it; the picture is not stored.",
  notRightHintArchive: "Correct only your own face. Your answer is stored with the numbers the model computed from this face and, as you agreed below, with its small picture.",
  correctionKept: (from: string, to: string) => `Thank you. Saved: ${to} instead of ${from}.`,
  pictureKept: "The picture of your face was saved, too.",
  pictureNotKept: "Its picture was not saved because it was taken before you agreed or because others are in it.",
  takeBack: "Delete all my corrections",
  correctionsTakenBack: "All corrections from this browser were deleted.",
  correctionProblems: {
    unknown_face: "The server no longer has this picture. Please try again.",
    rate_limited: "Too many corrections at once. Please try again in a minute.",
    too_many_contributors: "Too many people have sent corrections from this address today.",
    full: "The server can't store any more corrections.",
    feedback_off: "This server does not accept corrections.",
    unreachable: "The server can't be reached. Please try again in a moment.",
  } as Readonly<Record<string, string>>,
  correctionFailed: "Your correction could not be saved. Please try again later.",
  archiveTitle: "Face archive",
  archiveAgree: "Save my corrected faces",
  archiveHint:
    "Off unless you turn it on. When you correct a reading, the server can also store the small gray picture of your face that the model saw, encrypted. You and the operator of this server can then see what the model learns from.",
  archiveHintOn:
    "When you correct a reading, the server also stores the small gray picture of your face that the model saw, encrypted. You and the operator of this server can see it. Turning this off deletes your pictures immediately.",
  archiveNoMore: "This server no longer stores faces. You can still delete those it has stored of you.",
  archiveOn: "On. From now on, corrections save the picture of your face unless others are in it.",
  archiveOff: (deleted: number) => (deleted === 0 ? "Off. No picture of you is stored." : deleted === 1 ? "Off. 1 picture was deleted." : `Off. ${deleted} pictures were deleted.`),
  archiveShow: (count: number) => `Saved faces: ${count}`,
  archivedFace: (label: string, answer: string, when: string) => `Face saved ${when}: ${label} instead of ${answer}`,
  archiveAnswer: (answer: string) => `not ${answer}`,
  archiveDelete: "Delete",
  archiveDeleteOf: (label: string, when: string) => `Delete the face saved ${when}, ${label}`,
  archiveDeleteAll: "Delete all",
  archiveDeleteSure: "Delete all saved pictures of your face? Your corrections stay.",
  archiveDeleted: "The picture was deleted.",
  archiveDeletedAll: "All pictures of your face were deleted.",
  archiveMore: "Show more",
  archiveProblems: {
    no_key: "The server does not have its key.",
    other_key: "Stored under another key.",
    damaged: "Damaged or misplaced.",
  } as Readonly<Record<string, string>>,
  archiveErrors: {
    archive_off: "This server does not store faces: its operator has not set a key for them.",
    not_opted_in: "You have turned this off elsewhere.",
  } as Readonly<Record<string, string>>,
  archiveFailed: "That didn't work. Please try again later.",
};

const german: typeof english = {
  notRight: "Stimmt nicht?",
  notRightLabels: "Was das Gesicht zeigt",
  notRightHint: "Korrigieren Sie nur Ihr eigenes Gesicht. Gespeichert werden Ihre Antwort und die Zahlen, die das Modell aus diesem Gesicht berechnet hat, damit es daraus lernen kann; das Bild nicht.",
  notRightHintArchive: "Korrigieren Sie nur Ihr eigenes Gesicht. Gespeichert werden Ihre Antwort, die Zahlen, die das Modell aus diesem Gesicht berechnet hat, und, wie unten vereinbart, sein kleines Bild.",
  correctionKept: (from, to) => `Danke. Gespeichert: ${to} statt ${from}.`,
  pictureKept: "Auch das Bild Ihres Gesichts wurde gespeichert.",
  pictureNotKept: "Das Bild wurde nicht gespeichert, weil es vor Ihrer Zustimmung entstand oder andere darauf zu sehen sind.",
  takeBack: "Alle meine Korrekturen löschen",
  correctionsTakenBack: "Alle Korrekturen aus diesem Browser wurden gelöscht.",
  correctionProblems: {
    unknown_face: "Der Server hat dieses Bild nicht mehr. Bitte versuchen Sie es noch einmal.",
    rate_limited: "Zu viele Korrekturen auf einmal. Bitte versuchen Sie es in einer Minute noch einmal.",
    too_many_contributors: "Von dieser Adresse haben heute schon zu viele Personen Korrekturen gesendet.",
    full: "Der Server kann keine weiteren Korrekturen speichern.",
    feedback_off: "Dieser Server nimmt keine Korrekturen an.",
    unreachable: "Der Server ist nicht erreichbar. Bitte versuchen Sie es gleich noch einmal.",
  },
  correctionFailed: "Ihre Korrektur konnte nicht gespeichert werden. Bitte versuchen Sie es später noch einmal.",
  archiveTitle: "Gesichterarchiv",
  archiveAgree: "Meine korrigierten Gesichter speichern",
  archiveHint:
    "Aus, solange Sie es nicht einschalten. Wenn Sie ein Ergebnis korrigieren, kann der Server auch das kleine Graustufenbild Ihres Gesichts, das das Modell gesehen hat, verschlüsselt speichern. Sie und der Betreiber dieses Servers können dann sehen, woraus das Modell lernt.",
  archiveHintOn:
    "Wenn Sie ein Ergebnis korrigieren, speichert der Server auch das kleine Graustufenbild Ihres Gesichts, das das Modell gesehen hat, verschlüsselt. Sie und der Betreiber dieses Servers können es sehen. Wenn Sie es ausschalten, werden Ihre Bilder sofort gelöscht.",
  archiveNoMore: "Dieser Server speichert keine Gesichter mehr. Die von Ihnen gespeicherten können Sie weiterhin löschen.",
  archiveOn: "Ein. Ab jetzt wird bei Korrekturen das Bild Ihres Gesichts gespeichert, wenn niemand sonst darauf ist.",
  archiveOff: (deleted) => (deleted === 0 ? "Aus. Kein Bild von Ihnen ist gespeichert." : deleted === 1 ? "Aus. 1 Bild wurde gelöscht." : `Aus. ${deleted} Bilder wurden gelöscht.`),
  archiveShow: (count) => `Gespeicherte Gesichter: ${count}`,
  archivedFace: (label, answer, when) => `Gesicht, gespeichert am ${when}: ${label} statt ${answer}`,
  archiveAnswer: (answer) => `nicht ${answer}`,
  archiveDelete: "Löschen",
  archiveDeleteOf: (label, when) => `Gesicht vom ${when} löschen, ${label}`,
  archiveDeleteAll: "Alle löschen",
  archiveDeleteSure: "Alle gespeicherten Bilder Ihres Gesichts löschen? Ihre Korrekturen bleiben erhalten.",
  archiveDeleted: "Das Bild wurde gelöscht.",
  archiveDeletedAll: "Alle Bilder Ihres Gesichts wurden gelöscht.",
  archiveMore: "Mehr anzeigen",
  archiveProblems: {
    no_key: "Dem Server fehlt der Schlüssel dazu.",
    other_key: "Mit einem anderen Schlüssel gespeichert.",
    damaged: "Beschädigt oder am falschen Ort.",
  },
  archiveErrors: {
    archive_off: "Dieser Server speichert keine Gesichter: Sein Betreiber hat keinen Schlüssel dafür festgelegt.",
    not_opted_in: "Sie haben es an anderer Stelle ausgeschaltet.",
  },
  archiveFailed: "Das hat nicht geklappt. Bitte versuchen Sie es später noch einmal.",
};

export const strings = inLanguage({ en: english, de: german });
