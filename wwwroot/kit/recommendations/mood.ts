import { emotionLabels, type Emotion } from "../../client/contracts.ts";

/** Probabilities in label order, as a mood for the server. */
export function moodFrom(emotions: readonly number[]): Partial<Record<Emotion, number>> {
  return Object.fromEntries(emotionLabels.map((label, index) => [label, emotions[index] ?? 0]));
}

/** One label alone, in the labels' order. */
export function pureMood(label: Emotion): readonly number[] {
  return emotionLabels.map((other) => (other === label ? 1 : 0));
}
