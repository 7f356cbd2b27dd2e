import type { DetectorFigures, FaceReport } from "../../client/contracts.generated.ts";
import { create, element } from "../../kit/elements.ts";
import { decimal, number, percent } from "../../kit/numbers.ts";
import { table } from "../../kit/table.ts";
import { strings } from "./strings.ts";

/** The detector's figures, next to those of other detectors measured with it. */
export function showFaceFigures(card: FaceReport): void {
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
    [strings.clean, (figures) => percent(figures.cleanNegatives)],
    [strings.pointError, ({ pointsSound }) => (pointsSound.median === null ? "–" : percent(pointsSound.median))],
    [strings.time320, (figures) => strings.milliseconds(decimal(figures.milliseconds320))],
    [strings.timeKnown, ({ millisecondsKnown }) => (millisecondsKnown === null ? "–" : strings.milliseconds(decimal(millisecondsKnown)))],
  ];
  const box = element("face-figures", HTMLElement);
  box.replaceChildren(
    create("p", "hint", strings.faceMeasuredOn(number(card.pictures), `${card.data}/${card.split}`, decimal(card.threshold))),
    create("h3", "", strings.faceTable),
    table([strings.group, strings.faces, ...names(strings.averagePrecision), ...names(strings.found), ...names(strings.overlap)], groups),
    table([strings.figure, ...all.map(({ model }) => model.name)], rest.map(([name, of]) => [name, ...all.map(of)])),
  );
  box.hidden = false;
}
