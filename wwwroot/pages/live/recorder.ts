import { emotionLabels, type Measured, type Started } from "../../client/contracts.ts";
import { quoted, rounded } from "../../kit/csv.ts";

/** About an hour of one face at 30 readings a second; beyond it the oldest go. */
const maxAnswers = 108_000;

const faceColumns = ["x", "y", "width", "height", "confidence", "age", "dominant", "certainty", "valence", "arousal"];

/** Keeps the session's answers in the page's memory, for export; nothing of it leaves the page by itself. */
export class Recorder {
  #answers: Measured[] = [];
  #session: Started | undefined;
  #readings = 0;

  get readings(): number {
    return this.#readings;
  }

  /** A new session starts an empty record; a resumed one goes on. */
  begin(started: Started): void {
    if (!started.resumed) this.clear();
    this.#session = started;
  }

  add(measured: Measured): void {
    // Cutting a tenth at a time, since each cut copies the whole list.
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
    const head = ["time", "sequence", "face", ...faceColumns, ...emotionLabels, ...emotionLabels.map((label) => `still_${label}`)];
    const rows = this.#answers.flatMap((answer) =>
      answer.faces.map((face) =>
        [
          new Date(answer.capturedAt).toISOString(),
          answer.sequence,
          quoted(face.id),
          ...face.box.map(rounded),
          rounded(face.confidence),
          rounded(face.age),
          face.dominant,
          rounded(face.certainty),
          rounded(face.valence),
          rounded(face.arousal),
          ...face.emotions.map(rounded),
          ...face.still.map(rounded),
        ].join(","),
      ),
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
