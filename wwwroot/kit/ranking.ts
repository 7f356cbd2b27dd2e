import { emotionLabels, type Emotion } from "../client/contracts.ts";

export interface Share {
  readonly label: Emotion;
  readonly share: number;
}

/** The labels with their shares, the largest first; equal ones in the labels' own order. */
export function ranking(emotions: readonly number[]): Share[] {
  return emotionLabels.map((label, index) => ({ label, share: emotions[index] ?? 0 })).sort((a, b) => b.share - a.share);
}
