import { create, element } from "../live/elements.ts";
import type { DetectorFigures, FaceCard } from "./contracts.ts";
import { table } from "./table.ts";
import { decimal, number, percent } from "../numbers.ts";
import { words } from "./words.ts";

/** The detector's figures, beside those of any other detector that was measured with it. */
export function showFaceFigures(card: FaceCard): void {
  const all = card.detectors;
  const names = (title: string): string[] => all.map(({ model }) => (all.length > 1 ? `${title}, ${model.name.replace(/\.onnx$/, "")}` : title));
  const groups = (all[0]?.groups ?? []).map((group, place) => [
    group.group,
    number(group.faces),
    ...all.map(({ groups }) => percent(groups[place]?.averagePrecision ?? 0)),
    ...all.map(({ groups }) => percent(groups[place]?.recallAtThreshold ?? 0)),
    ...all.map(({ groups }) => percent(groups[place]?.meanOverlap ?? 0)),
  ]);
  const rest: [string, (figures: DetectorFigures) => string][] = [
    [words.clean, (figures) => percent(figures.cleanNegatives)],
    [words.pointError, ({ pointsSound }) => (pointsSound.median === null ? "–" : percent(pointsSound.median))],
    [words.time320, (figures) => words.milliseconds(decimal(figures.milliseconds320))],
    [words.timeKnown, ({ millisecondsKnown }) => (millisecondsKnown === null ? "–" : words.milliseconds(decimal(millisecondsKnown)))],
  ];
  const box = element("face-figures", HTMLElement);
  box.replaceChildren(
    create("p", "hint", words.faceMeasuredOn(number(card.pictures), `${card.data}/${card.split}`, decimal(card.threshold))),
    create("h3", "", words.faceTable),
    table([words.group, words.faces, ...names(words.averagePrecision), ...names(words.found), ...names(words.overlap)], groups),
    table([words.figure, ...all.map(({ model }) => model.name)], rest.map(([name, of]) => [name, ...all.map(of)])),
  );
  box.hidden = false;
}
