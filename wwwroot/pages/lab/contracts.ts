import type { Emotion } from "../../client/contracts.ts";

/** What the operator's part of the server tells; names and units as it writes them. */

export interface LearningReport {
  readonly unavailable: string | null;
  readonly state: LearningState;
  readonly labels: readonly Emotion[];
  readonly corrections: number;
  /** The version that runs; 0 is the configured model. */
  readonly active: number;
  readonly configured: { readonly file: string; readonly sha256: string; readonly replay: HeadFigures | null };
  readonly versions: readonly Version[];
}

export interface LearningState {
  readonly stage: "idle" | "training" | "judging" | "promoted" | "refused" | "failed";
  readonly progress: number;
  readonly detail: string | null;
  readonly version: number | null;
}

export interface Version {
  readonly id: number;
  readonly at: number;
  readonly kind: "learned" | "uploaded";
  readonly file: string;
  readonly modelSha256: string;
  /** Why it was not promoted; null when it passed its test. */
  readonly refusal: string | null;
  readonly active: boolean;
  readonly figures: VersionFigures;
}

export interface VersionFigures {
  readonly learnedFrom: number;
  readonly people: number;
  readonly replay: HeadFigures | null;
  readonly corrections: HeadFigures | null;
  /** Shares of the held-out corrections that were right with the version active then, and with this one. */
  readonly before: number | null;
  readonly after: number | null;
}

export interface HeadFigures {
  readonly faces: number;
  readonly accuracy: number;
  readonly meanRecall: number;
  readonly perLabel: readonly { readonly label: Emotion; readonly faces: number; readonly recall: number; readonly precision: number }[];
  readonly confusion: readonly (readonly number[])[];
}

export interface CorrectionPage {
  readonly total: number;
  readonly corrections: readonly Correction[];
}

export interface Correction {
  readonly id: string;
  readonly at: number;
  readonly contributor: string;
  readonly source: "camera" | "still";
  readonly label: Emotion;
  readonly answer: Emotion;
  /** It judges new versions and is never learned from. */
  readonly heldOut: boolean;
  /** It is of the model that runs. */
  readonly counts: boolean;
}
