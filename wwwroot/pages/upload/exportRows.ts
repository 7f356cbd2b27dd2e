import { emotionLabels } from "../../client/contracts.ts";
import type { StillFace, StillReading } from "../../client/stills.ts";
import { quoted, rounded } from "../../kit/csv.ts";
import { column, FaceTable } from "../../kit/faceTable.ts";

/** A picture that was read, with its file name. */
export interface ReadPicture {
  readonly name: string;
  readonly reading: StillReading;
}

const table = new FaceTable<StillFace>({
  id: column("face", ({ id }) => quoted(id)),
  box: { names: ["x", "y", "width", "height"], cells: ({ box }) => box.map(rounded) },
  points: "left out",
  confidence: column("confidence", ({ confidence }) => rounded(confidence)),
  dominant: column("dominant", ({ dominant }) => dominant),
  certainty: column("certainty", ({ certainty }) => rounded(certainty)),
  valence: column("valence", ({ valence }) => rounded(valence)),
  arousal: column("arousal", ({ arousal }) => rounded(arousal)),
  emotions: { names: emotionLabels, cells: ({ emotions }) => emotions.map(rounded) },
  heatmap: "left out",
  correctionToken: "left out",
  pose: "left out",
  unclear: "left out",
});

/** One row per face; a picture without faces has one row, too. */
export function toCsv(pictures: readonly ReadPicture[]): string {
  const head = ["picture", "picture_width", "picture_height", ...table.names];
  const rows = pictures.flatMap(({ name, reading: { width, height, faces } }) => {
    const start = [quoted(name), width, height];
    if (faces.length === 0) return [[...start, ...table.names.map(() => "")].join(",")];
    return faces.map((face) => [...start, ...table.cells(face)].join(","));
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
