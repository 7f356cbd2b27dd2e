import type { EmotionReport, FaceReport, ModelDescription, ModelFile, ModelList } from "../../client/contracts.generated.ts";
import { create, element } from "../../kit/elements.ts";
import { request } from "../../kit/request.ts";
import { startPage } from "../../kit/startPage.ts";
import { details } from "../../kit/table.ts";
import { showEmotionFigures } from "./emotionSection.ts";
import { showFaceFigures } from "./faceSection.ts";
import { facts } from "./facts.ts";
import { markdown } from "./markdown.ts";
import "./model.css";
import { strings } from "./strings.ts";

/** Shows a model's facts and card, and a note if it has no measurements or those of another file. */
function showModel(part: string, model: ModelDescription, measured: ModelFile | undefined): void {
  element(`${part}-facts`, HTMLElement).replaceChildren(facts(model));
  const note = element(`${part}-note`, HTMLElement);
  note.hidden = measured?.sha256 === model.sha256;
  note.textContent = measured ? strings.otherFile : strings.noCard;
  if (model.text) element(`${part}-card`, HTMLElement).replaceChildren(details(`${strings.cardTitle}: ${model.file}`, markdown(model.text)));
}

async function load(): Promise<void> {
  const status = element("status", HTMLElement);
  try {
    const models = await request<ModelList>("models");
    // Written by `evaluate --json` and `evaluate-faces --json`; the server passes them on as they are.
    const [emotion, face] = [models.emotion.card as EmotionReport | null, models.face.card as FaceReport | null];
    showModel("emotion", models.emotion, emotion?.model);
    showModel("face", models.face, face?.detectors[0]?.model);
    if (models.faceClose) element("face-facts", HTMLElement).append(create("h3", "", strings.closeTitle), facts(models.faceClose));
    if (emotion) showEmotionFigures(emotion);
    if (face) showFaceFigures(face);
    element("models", HTMLElement).hidden = false;
    status.hidden = true;
  } catch {
    status.className = "alert";
    status.textContent = strings.unreachable;
  }
}

startPage("model", strings);
element("limits", HTMLElement).replaceChildren(...strings.limits.map((limit) => create("li", "", limit)));
void load();
