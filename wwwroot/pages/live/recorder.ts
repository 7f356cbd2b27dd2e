import { emotionLabels, type FaceReading, type Measured, type Started } from "../../client/contracts.ts";
import { quoted, rounded } from "../../kit/csv.ts";
import { column, FaceTable } from "../../kit/faceTable.ts";

/** About an hour of one face at 30 readings per second; beyond that, the oldest are dropped. */
const maxAnswers = 108_000;

const table = new FaceTable<FaceReading>({
  id: column("face", ({ id }) => quoted(id)),
  box: { names: ["x", "y", "width", "height"], cells: ({ box }) => box.map(rounded) },
  points: "left out",
  confidence: column("confidence", ({ confidence }) => rounded(confidence)),
  age: column("age", ({ age }) => rounded(age)),
  dominant: column("dominant", ({ dominant }) => dominant),
  certainty: column("certainty", ({ certainty }) => rounded(certainty)),
  valence: column("valence", ({ valence }) => rounded(valence)),
  arousal: column("arousal", ({ arousal }) => rounded(arousal)),
  emotions: { names: emotionLabels, cells: ({ emotions }) => emotions.map(rounded) },
  still: { names: emotionLabels.map((label) => `still_${label}`), cells: ({ still }) => still.map(rounded) },
  heatmap: "left out",
  pose: "left out",
  unclear: "left out",
});

/** Keeps the session's answers in the page's memory for export. */
export class Recorder {
  #answers: Measured[] = [];
  #session: Started | undefined;
  #readings = 0;

  get readings(): number {
    return this.#readings;
  }

  /** A new session starts an empty record; a resumed one continues. */
  begin(started: Started): void {
    if (!started.resumed) this.clear();
    this.#session = started;
  }

  add(measured: Measured): void {
    // Removed a tenth at a time, since each removal copies the whole list.
    if (this.#answers.length >= maxAnswers) {
      for (const answer of this.#answers.splice(0, maxAnswers / 10)) this.#readings -= answer.faces.length;
    }
    this.#answers.push(measured);
    this.#readings += measured.faces.length;
  }

  clear(): void {
    this.#answers = [];
    this.#readings = 0;
  }

  toCsv(): string {
    const head = ["time", "sequence", ...table.names];
    const rows = this.#answers.flatMap(({ capturedAt, sequence, faces }) =>
      faces.map((face) => [new Date(capturedAt).toISOString(), sequence, ...table.cells(face)].join(",")),
    );
    return [head.join(","), ...rows].join("\r\n") + "\r\n";
  }

  toJson(): string {
    return JSON.stringify(
      {
        note: "How faces appeared, as estimated by a model; not what anyone felt.",
        model: this.#session?.model,
        labels: this.#session?.labels ?? emotionLabels,
        answers: this.#answers.map(({ capturedAt, sequence, width, height, faces }) => ({
          time: new Date(capturedAt).toISOString(),
          sequence,
          width,
          height,
          faces: faces.map(({ heatmap: _, ...face }) => face),
        })),
      },
      (_, value: unknown) => (typeof value === "number" ? rounded(value) : value),
    );
  }
}
