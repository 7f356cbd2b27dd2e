import { palette } from "../client/contracts.generated.ts";
import { pages, type PageName } from "../pages.ts";
import { create, element } from "./elements.ts";
import { language } from "./language.ts";
import { shared } from "./strings.ts";
import { wireTheme } from "./theme.ts";

/** A page's texts by name; those that fill elements are plain strings. */
export type Texts = Readonly<Record<string, unknown>>;

/**
 * Starts a page: sets its language, texts and the emotions' colors, and fills the header with links to the other pages and the
 * theme button. `room` is the room that the page is about.
 */
export function startPage(name: PageName, strings: Texts, room?: string): void {
  const root = document.documentElement;
  for (const [emotion, color] of Object.entries(palette)) root.style.setProperty(`--${emotion}`, color);
  const title = pages[name].title[language];
  root.lang = language;
  document.title = `${title} · EmotionStream`;
  fill({ ...shared, title, ...strings });
  if (pages[name].bare) return;
  showLinks(name, room);
  wireTheme(element("theme", HTMLButtonElement));
}

/** Fills every element that names its text (`data-text`) or its accessible name (`data-label`). */
function fill(texts: Texts): void {
  for (const target of document.querySelectorAll<HTMLElement>("[data-text]")) target.textContent = String(texts[target.dataset["text"] ?? ""]);
  for (const target of document.querySelectorAll<HTMLElement>("[data-label]")) {
    target.title = String(texts[target.dataset["label"] ?? ""]);
    target.setAttribute("aria-label", target.title);
  }
}

function showLinks(current: PageName, room: string | undefined): void {
  const links = Object.entries(pages).flatMap(([name, { file, title, link }]) => {
    if (!link) return [];
    const made = create("a", "", title[language]);
    const address = file === "index.html" ? "./" : file;
    made.href = link === "sameRoom" && room ? `${address}?room=${encodeURIComponent(room)}` : address;
    if (name === current) made.setAttribute("aria-current", "page");
    return [made];
  });
  const header = element("pages", HTMLElement);
  header.replaceChildren(...links);
  // On a phone the links scroll sideways; the current page's link must be visible.
  header.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
