import { ranking } from "../ranking.ts";
import { shared } from "../strings.ts";

/** Smaller shares are not mentioned. */
const leastShare = 0.1;

/** "happy 62%, surprised 25%", the strongest first; a mood of one label alone needs no figure. */
export function moodWords(emotions: readonly number[]): string {
  const words = ranking(emotions)
    .filter(({ share }) => share >= leastShare)
    .map(({ label, share }) => (share === 1 ? shared.emotions[label] : shared.emotionWithPercent(shared.emotions[label], Math.round(100 * share))));
  return words.join(", ");
}
