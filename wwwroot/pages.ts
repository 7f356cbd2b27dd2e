import type { Language } from "./kit/language.ts";

/**
 * Every page. The build makes the HTML file and the bundle of each from the folder of its name in `pages/`, and the header's links
 * are made from this list.
 */
export interface Page {
  /** The file in its address. */
  readonly file: string;
  readonly title: Readonly<Record<Language, string>>;
  /** For search engines and previews of links. */
  readonly description?: string;
  /** Its link in every page's header, in this list's order; one about rooms leads to the same room. */
  readonly link?: "plain" | "sameRoom";
  /** Nothing but the page's own content: no header, no footer. */
  readonly bare?: true;
}

const list = {
  live: {
    file: "index.html",
    title: { en: "Live", de: "Live" },
    description: "Live reading of which expression a face appears to show, face by face, frame by frame.",
    link: "plain",
  },
  upload: {
    file: "upload.html",
    title: { en: "Pictures", de: "Bilder" },
    description: "Which expressions the faces in your pictures appear to show, and what to watch, hear or read for that mood.",
    link: "plain",
  },
  room: {
    file: "room.html",
    title: { en: "Room", de: "Raum" },
    description: "A call in which each picture carries how the person in it appears, if that person agrees.",
    link: "sameRoom",
  },
  dashboard: {
    file: "dashboard.html",
    title: { en: "Dashboard", de: "Übersicht" },
    description: "Everybody in a room, live: which expressions appear, one by one and together.",
    link: "sameRoom",
  },
  model: {
    file: "model.html",
    title: { en: "Models", de: "Modelle" },
    description: "Which models read the faces, how often they agree with people, and where they fail.",
    link: "plain",
  },
  api: {
    file: "api.html",
    title: { en: "API", de: "API" },
    description: "Every HTTP endpoint of this server: what it takes, what it answers, and its limits.",
    link: "plain",
  },
  lab: {
    file: "lab.html",
    title: { en: "Lab", de: "Labor" },
    description: "For the operator: corrections, retraining, and versions of the emotion model.",
  },
  overlay: {
    file: "overlay.html",
    title: { en: "Overlay", de: "Einblendung" },
    bare: true,
  },
} as const satisfies Record<string, Page>;

export type PageName = keyof typeof list;

export const pages: Readonly<Record<PageName, Page>> = list;
