import { palette } from "../client/palette.ts";
import { create, element } from "../live/elements.ts";
import { showPages } from "../live/pages.ts";
import { wireTheme } from "../live/theme.ts";
import { language, strings } from "../strings.ts";
import type { ModelDescription, ModelFile, ModelList } from "./contracts.ts";
import { showEmotionFigures } from "./emotionSection.ts";
import { showFaceFigures } from "./faceSection.ts";
import { facts } from "./facts.ts";
import { markdown } from "./markdown.ts";
import "./model.css";
import { details } from "./table.ts";
import { words, type Words } from "./words.ts";

type PlainKey = { [Key in keyof Words]: Words[Key] extends string ? Key : never }[keyof Words];

function localize(): void {
  document.documentElement.lang = language;
  document.title = words.pageTitle;
  for (const target of document.querySelectorAll<HTMLElement>("[data-word]")) target.textContent = words[target.dataset["word"] as PlainKey];
  element("skip", HTMLElement).textContent = strings.skipToContent;
  element("footer", HTMLElement).textContent = strings.footer;
  showPages("model");
  element("pages", HTMLElement).setAttribute("aria-label", strings.pagesLabel);
  const theme = element("theme", HTMLButtonElement);
  theme.title = strings.themeToggle;
  theme.setAttribute("aria-label", strings.themeToggle);
  element("limits", HTMLElement).replaceChildren(...words.limits.map((limit) => create("li", "", limit)));
}

/** Shows what is known of a model without a measurement, and says so if the measurement is of another file. */
function showModel(part: string, model: ModelDescription<unknown>, measured: ModelFile | undefined): void {
  element(`${part}-facts`, HTMLElement).replaceChildren(facts(model));
  const note = element(`${part}-note`, HTMLElement);
  note.hidden = measured?.sha256 === model.sha256;
  note.textContent = measured ? words.otherFile : words.noCard;
  if (model.text) element(`${part}-card`, HTMLElement).replaceChildren(details(`${words.cardTitle}: ${model.file}`, markdown(model.text)));
}

async function load(): Promise<void> {
  const status = element("status", HTMLElement);
  try {
    const reply = await fetch("api/v1/models");
    if (!reply.ok) throw new Error(reply.statusText);
    const models = (await reply.json()) as ModelList;
    showModel("emotion", models.emotion, models.emotion.card?.model);
    showModel("face", models.face, models.face.card?.detectors[0]?.model);
    if (models.faceClose) element("face-facts", HTMLElement).append(create("h3", "", words.closeTitle), facts(models.faceClose));
    if (models.emotion.card) showEmotionFigures(models.emotion.card);
    if (models.face.card) showFaceFigures(models.face.card);
    element("models", HTMLElement).hidden = false;
    status.hidden = true;
  } catch {
    status.className = "alert";
    status.textContent = words.unreachable;
  }
}

for (const [emotion, color] of Object.entries(palette)) document.documentElement.style.setProperty(`--${emotion}`, color);
localize();
wireTheme(element("theme", HTMLButtonElement), () => undefined);
void load();
