import { palette } from "../client/palette.ts";
import { element } from "../live/elements.ts";
import { showPages } from "../live/pages.ts";
import { wireTheme } from "../live/theme.ts";
import "../model/model.css";
import { language, strings } from "../strings.ts";
import "./lab.css";
import { LabPage } from "./labPage.ts";
import { words, type Words } from "./words.ts";

type PlainKey = { [Key in keyof Words]: Words[Key] extends string ? Key : never }[keyof Words];

function localize(): void {
  document.documentElement.lang = language;
  document.title = words.pageTitle;
  for (const target of document.querySelectorAll<HTMLElement>("[data-word]")) target.textContent = words[target.dataset["word"] as PlainKey];
  element("skip", HTMLElement).textContent = strings.skipToContent;
  element("footer", HTMLElement).textContent = strings.footer;
  showPages(undefined);
  element("pages", HTMLElement).setAttribute("aria-label", strings.pagesLabel);
  const theme = element("theme", HTMLButtonElement);
  theme.title = strings.themeToggle;
  theme.setAttribute("aria-label", strings.themeToggle);
}

for (const [emotion, color] of Object.entries(palette)) document.documentElement.style.setProperty(`--${emotion}`, color);
localize();
wireTheme(element("theme", HTMLButtonElement), () => undefined);
new LabPage().start();
