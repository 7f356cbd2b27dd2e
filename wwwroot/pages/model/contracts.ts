import type { Emotion } from "../../client/contracts.ts";

/** What `GET /api/v1/models` answers; `card` is what `evaluate --json` or `evaluate-faces --json` wrote. */
export interface ModelList {
  readonly labels: readonly Emotion[];
  readonly emotion: ModelDescription<EmotionCard>;
  readonly face: ModelDescription<FaceCard>;
  readonly faceClose: ModelDescription<unknown> | null;
}

export interface ModelDescription<Card> {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly device: string;
  readonly precision: string;
  readonly parameters: number;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly card: Card | null;
  readonly text: string | null;
}

export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
}

export interface ModelFile {
  readonly name: string;
  readonly sha256: string;
}

export interface EmotionCard {
  readonly data: string;
  readonly model: ModelFile;
  readonly labels: readonly Emotion[];
  readonly readyMade: Answers & { readonly looks: readonly (readonly number[])[] };
  readonly withDetection: (Answers & DetectedSet) | null;
}

export interface Answers {
  readonly emotions: EmotionFigures;
  readonly still: EmotionFigures;
}

export interface DetectedSet {
  readonly found: number;
  readonly notFound: number;
}

export interface EmotionFigures {
  readonly pictures: number;
  readonly accuracy: number;
  readonly macroF1: number;
  readonly meanRecall: number;
  readonly calibrationError: number;
  readonly perLabel: readonly LabelFigures[];
  readonly confusion: readonly (readonly number[])[];
  readonly calibration: readonly CalibrationStep[];
}

export interface LabelFigures {
  readonly label: Emotion;
  readonly pictures: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface CalibrationStep {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly certainty: number;
  readonly right: number;
}

export interface FaceCard {
  readonly data: string;
  readonly split: string;
  readonly pictures: number;
  readonly threshold: number;
  readonly detectors: readonly DetectorFigures[];
}

export interface DetectorFigures {
  readonly model: ModelFile;
  readonly groups: readonly GroupFigures[];
  readonly negatives: number;
  readonly cleanNegatives: number;
  readonly pointsSound: { readonly median: number | null };
  readonly milliseconds320: number;
  readonly millisecondsKnown: number | null;
}

export interface GroupFigures {
  readonly group: string;
  readonly faces: number;
  readonly averagePrecision: number;
  readonly recallAtThreshold: number;
  readonly meanOverlap: number;
}
