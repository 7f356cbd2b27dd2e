import { emotionLabels } from "../../client/contracts.ts";
import type { StillReading } from "../../client/stills.ts";
import { quoted, rounded } from "../../kit/csv.ts";

/** A picture that was read, by the name it had on the person's own disk. */
export interface ReadPicture {
  readonly name: string;
  readonly reading: StillReading;
}

const faceColumns = ["x", "y", "width", "height", "confidence", "dominant", "certainty", "valence", "arousal"];

/** One row a face; a picture without any has one row, too, so that it is not missing. */
export function toCsv(pictures: readonly ReadPicture[]): string {
  const head = ["picture", "picture_width", "picture_height", "face", ...faceColumns, ...emotionLabels];
  const rows = pictures.flatMap(({ name, reading: { width, height, faces } }) => {
    const start = [quoted(name), width, height];
    if (faces.length === 0) return [[...start, "", ...faceColumns.map(() => ""), ...emotionLabels.map(() => "")].join(",")];
    return faces.map((face) =>
      [
        ...start,
        quoted(face.id),
        ...face.box.map(rounded),
        rounded(face.confidence),
        face.dominant,
        rounded(face.certainty),
        rounded(face.valence),
        rounded(face.arousal),
        ...face.emotions.map(rounded),
      ].join(","),
    );
  });
  return [head.join(","), ...rows].join("\r\n") + "\r\n";
}

export function toJson(pictures: readonly ReadPicture[]): string {
  return JSON.stringify(
    {
      note: "How faces appeared, as estimated by a model; not what anyone felt.",
      labels: emotionLabels,
      pictures: pictures.map(({ name, reading: { width, height, faces } }) => ({ name, width, height, faces: faces.map(({ heatmap: _, ...face }) => face) })),
    },
    (_, value: unknown) => (typeof value === "number" ? rounded(value) : value),
  );
}
