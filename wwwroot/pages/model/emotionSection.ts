import type { ReadyMadeFigures, EmotionReport, EmotionFigures } from "../../client/contracts.generated.ts";
import { confusionMatrix } from "../../kit/confusionMatrix.ts";
import { create, element } from "../../kit/elements.ts";
import { figure, recallBar } from "../../kit/figures.ts";
import { number, percent } from "../../kit/numbers.ts";
import { calibrationChart } from "./calibrationChart.ts";
import { lookMaps } from "./lookMaps.ts";
import { strings } from "./strings.ts";

/** The emotion model's figures for the answers chosen in the picker. */
export function showEmotionFigures(card: EmotionReport): void {
  const choices = choicesOf(card);
  const picker = element("answer", HTMLSelectElement);
  picker.replaceChildren(...choices.map(({ name }, place) => new Option(name, String(place))));
  const show = (): void => {
    const choice = choices[Number(picker.value)];
    if (choice) showFigures(card, choice);
  };
  picker.addEventListener("change", show);
  element("looks", HTMLElement).replaceChildren(lookMaps(card.labels, card.readyMade.looks), create("p", "hint", strings.looksHint));
  element("emotion-figures", HTMLElement).hidden = false;
  show();
}

interface Choice {
  readonly name: string;
  readonly figures: EmotionFigures;
  readonly isFound: boolean;
}

function choicesOf({ readyMade, withDetection }: EmotionReport): Choice[] {
  const both = (answers: Pick<ReadyMadeFigures, "emotions" | "still">, isFound: boolean, first: string, single: string): Choice[] => [
    { name: first, figures: answers.emotions, isFound },
    { name: single, figures: answers.still, isFound },
  ];
  return [
    ...both(readyMade, false, strings.answers.readyEmotions, strings.answers.readyStill),
    ...(withDetection ? both(withDetection, true, strings.answers.foundEmotions, strings.answers.foundStill) : []),
  ];
}

function showFigures(card: EmotionReport, { figures, isFound }: Choice): void {
  const { found, notFound } = card.withDetection ?? { found: 0, notFound: 0 };
  element("emotion-data", HTMLElement).textContent = [
    strings.measuredOn(number(figures.pictures), card.data),
    isFound && notFound > 0 ? strings.notFound(number(notFound), number(found + notFound)) : "",
  ].join(" ");
  element("headline", HTMLElement).replaceChildren(
    figure(strings.accuracy, percent(figures.accuracy), strings.accuracyHint),
    figure(strings.meanRecall, percent(figures.meanRecall), strings.meanRecallHint),
    figure(strings.macroF1, percent(figures.macroF1), strings.macroF1Hint),
    figure(strings.calibrationError, percent(figures.calibrationError), strings.calibrationErrorHint),
  );
  element("recalls", HTMLElement).replaceChildren(...figures.perLabel.map(({ label, recall, pictures }) => recallBar(label, recall, pictures, strings.recallsHint(number(pictures)))));
  element("confusion", HTMLElement).replaceChildren(confusionMatrix(figures));
  element("calibration", HTMLElement).replaceChildren(calibrationChart(figures.calibration));
}
