import type { Emotion, Purpose } from "./client/contracts.ts";
import type { SourceProblem } from "./client/frameSource.ts";

/**
 * Every word on the pages. To add a language, copy one of the tables, translate it, and name it in `languages`:
 * the compiler says what is missing.
 */
const english = {
  pageTitle: "Live · EmotionStream",
  liveTitle: "Live",
  skipToContent: "Skip to content",
  themeToggle: "Switch between dark and light",
  analysisOn: "Expression analysis on",
  analysisOnIn: (room: string) => `Expression analysis on · room ${room}`,
  noScript: "This page needs JavaScript.",

  noticeTitle: "What a face appears to express, as it happens",
  noticeLead: "Your browser sends small pictures to this server, which looks for faces and says which of eight expressions each one appears to show.",
  noticeWhatTitle: "What is analysed",
  noticeWhat: "Faces in the pictures you choose to send: where they are, and which expression they appear to show. Not who they are.",
  noticeWhoTitle: "For whom",
  noticeWho: "The readings come back to this page. Nobody else sees them.",
  noticeWhoRoom: (room: string) => `Everybody who watches the room “${room}” sees your readings, not your picture, and can keep them. So does this page.`,
  noticeWhoRoomAs: (room: string, name: string) => `Everybody who watches the room “${room}” sees your readings, not your picture, under the name “${name}”, and can keep them. So does this page.`,
  noticeStoreTitle: "What is kept",
  noticeStore: "Nothing. Pictures are forgotten as soon as they are read. Readings stay in this page until you close it.",
  noticeLimitTitle: "What it can't tell",
  noticeLimit: "How a face appears is not how a person feels. Readings can be wrong; don't judge anyone by them.",
  purposeLabel: "What is it for?",
  purposeHint: "The operator may refuse some purposes. Inferring emotions at work or in education is forbidden in the EU, save for medical or safety reasons (AI Act, Article 5(1)(f)).",
  consent: "I agree, continue",
  consentHint: "The camera stays off until you choose it on the next screen. If others are in the picture, ask them first.",
  consentFirst: "Please read the notice and agree first; then choose your file again.",
  withdraw: "Notice and consent",
  purposes: {
    personal: "Personal: to try it on myself",
    entertainment: "Entertainment: streams, games, events",
    research: "Research, with the participants' consent",
    wellbeing: "Wellbeing: reflecting on my own expressions",
    workplace: "Workplace",
    education: "Education",
  } satisfies Record<Purpose, string> as Record<Purpose, string>,

  sources: "Picture source",
  sourceCamera: "Camera",
  sourceCameraHint: "Your own face, live",
  sourceDemo: "Demo",
  sourceDemoHint: "No camera needed",
  sourceFile: "File",
  sourceFileHint: "Video or picture",
  emptyTitle: "Choose a source to begin",
  emptyHint: "Or drop a video or a picture anywhere on this page.",
  dropHere: "Drop to analyse",
  cameraPicker: "Camera",
  cameraNumber: (number: number) => `Camera ${number}`,
  start: "Start",
  stop: "Stop",
  snapshot: "Snapshot",
  showBars: "Bars",
  showHeatmap: "Heat map",
  mirror: "Mirror",
  demoCaption: (count: number) => `average of ${count} faces, belongs to nobody`,
  stageLabel: "Picture with the faces found in it",

  ready: "Ready",
  opening: "Opening the source…",
  connecting: "Connecting…",
  running: "Running",
  reconnecting: "Connection lost. Reconnecting…",
  resumed: "Reconnected. Faces keep their numbers.",
  restarted: "Reconnected as a new session. Faces are numbered afresh.",
  stopped: "Stopped",

  facesTitle: "Faces",
  facesNone: "No face in the picture",
  facesIdle: "Readings of each face appear here.",
  face: (id: string) => `Face ${id}`,
  selectFace: (id: string) => `Show face ${id} in the timeline`,
  appears: (emotion: string) => `appears ${emotion}`,
  appearsWithPercent: (emotion: string, percent: number) => `appears ${emotion} ${percent}%`,
  announcement: (id: string, emotion: string) => `Face ${id} appears ${emotion}.`,
  seenFor: (seconds: number) => `seen for ${seconds} s`,
  valence: "Valence",
  arousal: "Arousal",
  plane: (valence: string, arousal: string) => `Valence ${valence}, arousal ${arousal}`,
  pleasant: "pleasant",
  unpleasant: "unpleasant",
  calm: "calm",
  excited: "excited",
  emotions: {
    neutral: "neutral",
    happy: "happy",
    surprise: "surprised",
    sad: "sad",
    angry: "angry",
    disgust: "disgusted",
    fear: "afraid",
    contempt: "contemptuous",
  } satisfies Record<Emotion, string> as Record<Emotion, string>,

  timelineTitle: "Last 60 seconds",
  timelineOf: (id: string) => `Face ${id}`,
  secondsAgo: (seconds: number) => (seconds === 0 ? "now" : `−${seconds} s`),
  timelineLabel: "Chart of how strongly each expression appeared over the last 60 seconds",
  exportCsv: "Export CSV",
  exportJson: "Export JSON",
  exportHint: (count: number) => `${count} readings of this session`,

  figuresTitle: "How it runs",
  fps: "Readings a second",
  latency: "Delay, median",
  latencyP95: "Delay, 95th percentile",
  drops: "Dropped",
  dropsDetail: (superseded: number, other: number, skipped: number) => `${superseded} superseded, ${other} refused, ${skipped} not sent`,
  latencyHint: "from capture to reading",
  fpsHint: (target: number) => `sending up to ${target}`,
  sent: "Sent picture",
  sentHint: (kilobytes: string) => `${kilobytes} kB a frame`,
  stagesTitle: "Time on the server",
  stages: { queued: "waiting", decode: "decoding", detect: "finding faces", infer: "reading" },
  model: "Model",
  milliseconds: (value: string) => `${value} ms`,

  problems: {
    "no-camera": "No camera was found. Connect one, or try the demo.",
    "camera-refused": "The browser was told not to give the camera to this page. Allow it in the address bar, then start again.",
    "camera-in-use": "The camera can't be opened; another program probably uses it. Close that program, then start again.",
    "camera-insecure": "Browsers give cameras to secure pages only. Open this page over https or as localhost.",
    "camera-lost": "The camera was disconnected. Connect it again, then press Start.",
    "unreadable-file": "This file can't be shown. Please choose a video or a picture that your browser can play.",
    "demo-missing": "The demo's pictures are missing on this server.",
  } satisfies Record<SourceProblem, string> as Record<SourceProblem, string>,
  unreachable: "The server can't be reached. Check that it runs and press Start to try again.",
  /** By the server's code word; any other refusal shows the server's own sentence. */
  refusals: {
    purpose_refused:
      "This server does not analyse for that purpose: inferring emotions at work or in education is forbidden in the EU, save for medical or safety reasons (AI Act, Article 5(1)(f)), and its operator has not enabled it. You can choose another purpose under “Notice and consent”.",
    busy: "The server has as many sessions as it can take. Please try again in a few minutes.",
  } as Readonly<Record<string, string>>,
  refused: (detail: string) => `The server refused to start: ${detail}`,
  unexpected: "Something unexpected went wrong. Press Start to try again.",
  footer: "Readings say how a face appears, never what a person feels. Nothing is stored.",
};

export type Strings = typeof english;

const german: Strings = {
  pageTitle: "Live · EmotionStream",
  liveTitle: "Live",
  skipToContent: "Zum Inhalt springen",
  themeToggle: "Zwischen dunkel und hell wechseln",
  analysisOn: "Ausdrucksanalyse läuft",
  analysisOnIn: (room) => `Ausdrucksanalyse läuft · Raum ${room}`,
  noScript: "Diese Seite braucht JavaScript.",

  noticeTitle: "Was ein Gesicht auszudrücken scheint, im selben Augenblick",
  noticeLead: "Ihr Browser schickt kleine Bilder an diesen Server. Er sucht darin Gesichter und sagt, welchen von acht Ausdrücken jedes zu zeigen scheint.",
  noticeWhatTitle: "Was ausgewertet wird",
  noticeWhat: "Gesichter in den Bildern, die Sie senden: wo sie sind und welchen Ausdruck sie zu zeigen scheinen. Nicht, wer es ist.",
  noticeWhoTitle: "Für wen",
  noticeWho: "Die Ergebnisse kommen auf diese Seite zurück. Sonst sieht sie niemand.",
  noticeWhoRoom: (room) => `Alle, die den Raum „${room}“ beobachten, sehen Ihre Ergebnisse, nicht Ihr Bild, und können sie behalten. Diese Seite auch.`,
  noticeWhoRoomAs: (room, name) => `Alle, die den Raum „${room}“ beobachten, sehen Ihre Ergebnisse unter dem Namen „${name}“, nicht Ihr Bild, und können sie behalten. Diese Seite auch.`,
  noticeStoreTitle: "Was behalten wird",
  noticeStore: "Nichts. Bilder werden vergessen, sobald sie gelesen sind. Ergebnisse bleiben in dieser Seite, bis Sie sie schließen.",
  noticeLimitTitle: "Was es nicht weiß",
  noticeLimit: "Wie ein Gesicht wirkt, ist nicht, was ein Mensch fühlt. Ergebnisse können falsch sein; beurteilen Sie niemanden danach.",
  purposeLabel: "Wofür ist es?",
  purposeHint: "Der Betreiber kann Zwecke ablehnen. Gefühle bei der Arbeit oder in der Bildung abzuleiten ist in der EU verboten, außer aus medizinischen oder Sicherheitsgründen (KI-Verordnung, Artikel 5 Absatz 1 Buchstabe f).",
  consent: "Ich stimme zu, weiter",
  consentHint: "Die Kamera bleibt aus, bis Sie sie auf der nächsten Seite wählen. Sind andere im Bild, fragen Sie sie vorher.",
  consentFirst: "Bitte erst den Hinweis lesen und zustimmen, dann die Datei noch einmal wählen.",
  withdraw: "Hinweis und Einwilligung",
  purposes: {
    personal: "Privat: um es an mir auszuprobieren",
    entertainment: "Unterhaltung: Streams, Spiele, Veranstaltungen",
    research: "Forschung, mit Einwilligung der Teilnehmenden",
    wellbeing: "Wohlbefinden: über die eigene Mimik nachdenken",
    workplace: "Arbeitsplatz",
    education: "Bildung",
  },

  sources: "Bildquelle",
  sourceCamera: "Kamera",
  sourceCameraHint: "Das eigene Gesicht, live",
  sourceDemo: "Demo",
  sourceDemoHint: "Ohne Kamera",
  sourceFile: "Datei",
  sourceFileHint: "Video oder Bild",
  emptyTitle: "Wählen Sie eine Quelle",
  emptyHint: "Oder legen Sie ein Video oder Bild irgendwo auf dieser Seite ab.",
  dropHere: "Zum Auswerten ablegen",
  cameraPicker: "Kamera",
  cameraNumber: (number) => `Kamera ${number}`,
  start: "Start",
  stop: "Stopp",
  snapshot: "Schnappschuss",
  showBars: "Balken",
  showHeatmap: "Wärmebild",
  mirror: "Spiegeln",
  demoCaption: (count) => `Durchschnitt aus ${count} Gesichtern, gehört niemandem`,
  stageLabel: "Bild mit den gefundenen Gesichtern",

  ready: "Bereit",
  opening: "Quelle wird geöffnet …",
  connecting: "Verbinden …",
  running: "Läuft",
  reconnecting: "Verbindung verloren. Neu verbinden …",
  resumed: "Wieder verbunden. Die Gesichter behalten ihre Nummern.",
  restarted: "Neu verbunden als neue Sitzung. Die Gesichter werden neu gezählt.",
  stopped: "Angehalten",

  facesTitle: "Gesichter",
  facesNone: "Kein Gesicht im Bild",
  facesIdle: "Hier erscheinen die Ergebnisse zu jedem Gesicht.",
  face: (id) => `Gesicht ${id}`,
  selectFace: (id) => `Gesicht ${id} im Verlauf zeigen`,
  appears: (emotion) => `wirkt ${emotion}`,
  appearsWithPercent: (emotion, percent) => `wirkt ${emotion} ${percent} %`,
  announcement: (id, emotion) => `Gesicht ${id} wirkt ${emotion}.`,
  seenFor: (seconds) => `seit ${seconds} s im Bild`,
  valence: "Valenz",
  arousal: "Erregung",
  plane: (valence, arousal) => `Valenz ${valence}, Erregung ${arousal}`,
  pleasant: "angenehm",
  unpleasant: "unangenehm",
  calm: "ruhig",
  excited: "erregt",
  emotions: {
    neutral: "neutral",
    happy: "fröhlich",
    surprise: "überrascht",
    sad: "traurig",
    angry: "wütend",
    disgust: "angeekelt",
    fear: "ängstlich",
    contempt: "verächtlich",
  },

  timelineTitle: "Die letzten 60 Sekunden",
  timelineOf: (id) => `Gesicht ${id}`,
  secondsAgo: (seconds) => (seconds === 0 ? "jetzt" : `−${seconds} s`),
  timelineLabel: "Verlauf, wie stark jeder Ausdruck in den letzten 60 Sekunden erschien",
  exportCsv: "CSV speichern",
  exportJson: "JSON speichern",
  exportHint: (count) => `${count} Ergebnisse dieser Sitzung`,

  figuresTitle: "Wie es läuft",
  fps: "Ergebnisse je Sekunde",
  latency: "Verzögerung, Median",
  latencyP95: "Verzögerung, 95. Perzentil",
  drops: "Verworfen",
  dropsDetail: (superseded, other, skipped) => `${superseded} überholt, ${other} abgelehnt, ${skipped} nicht gesendet`,
  latencyHint: "von der Aufnahme bis zum Ergebnis",
  fpsHint: (target) => `sendet bis zu ${target}`,
  sent: "Gesendetes Bild",
  sentHint: (kilobytes) => `${kilobytes} kB je Bild`,
  stagesTitle: "Zeit auf dem Server",
  stages: { queued: "warten", decode: "dekodieren", detect: "Gesichter finden", infer: "auswerten" },
  model: "Modell",
  milliseconds: (value) => `${value} ms`,

  problems: {
    "no-camera": "Es wurde keine Kamera gefunden. Schließen Sie eine an oder versuchen Sie die Demo.",
    "camera-refused": "Der Browser darf dieser Seite die Kamera nicht geben. Erlauben Sie es in der Adresszeile und starten Sie neu.",
    "camera-in-use": "Die Kamera lässt sich nicht öffnen; wahrscheinlich nutzt sie ein anderes Programm. Schließen Sie es und starten Sie neu.",
    "camera-insecure": "Browser geben Kameras nur sicheren Seiten. Öffnen Sie diese Seite über https oder als localhost.",
    "camera-lost": "Die Kamera wurde getrennt. Schließen Sie sie wieder an und drücken Sie Start.",
    "unreadable-file": "Diese Datei lässt sich nicht zeigen. Bitte wählen Sie ein Video oder Bild, das Ihr Browser abspielen kann.",
    "demo-missing": "Die Bilder der Demo fehlen auf diesem Server.",
  },
  unreachable: "Der Server ist nicht erreichbar. Prüfen Sie, ob er läuft, und drücken Sie Start.",
  refusals: {
    purpose_refused:
      "Für diesen Zweck wertet dieser Server nicht aus: Gefühle bei der Arbeit oder in der Bildung abzuleiten ist in der EU verboten, außer aus medizinischen oder Sicherheitsgründen (KI-Verordnung, Artikel 5 Absatz 1 Buchstabe f), und der Betreiber hat es nicht freigegeben. Einen anderen Zweck wählen Sie unter „Hinweis und Einwilligung“.",
    busy: "Der Server hat so viele Sitzungen, wie er tragen kann. Bitte versuchen Sie es in ein paar Minuten noch einmal.",
  },
  refused: (detail) => `Der Server hat den Start abgelehnt: ${detail}`,
  unexpected: "Etwas Unerwartetes ist schiefgegangen. Drücken Sie Start, um es noch einmal zu versuchen.",
  footer: "Ergebnisse sagen, wie ein Gesicht wirkt, nie, was ein Mensch fühlt. Nichts wird gespeichert.",
};

const languages: Readonly<Record<string, Strings>> = { en: english, de: german };

/** The first of the browser's languages that there is a table for. */
export const language = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in languages) ?? "en";

export const strings: Strings = languages[language] ?? english;

type PlainKey = { [Key in keyof Strings]: Strings[Key] extends string ? Key : never }[keyof Strings];

/** Fills every element that names its text (`data-text`) or its accessible name (`data-label`). */
export function localize(root: Document): void {
  root.documentElement.lang = language;
  root.title = strings.pageTitle;
  for (const element of root.querySelectorAll<HTMLElement>("[data-text]")) element.textContent = strings[element.dataset["text"] as PlainKey];
  for (const element of root.querySelectorAll<HTMLElement>("[data-label]")) {
    const name = strings[element.dataset["label"] as PlainKey];
    element.setAttribute("aria-label", name);
    element.title = name;
  }
}
