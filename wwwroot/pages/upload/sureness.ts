import type { Emotion } from "../../client/contracts.ts";
import { ranking } from "../../kit/ranking.ts";

/** How certain a reading is, in three steps, with the second strongest expression. */
export interface Sureness {
  readonly step: "high" | "fair" | "low";
  readonly second: Emotion;
}

/** From these calibrated probabilities on, agreement of most people is called very likely and probable. */
const high = 0.8;
const fair = 0.5;

export function sureness(certainty: number, emotions: readonly number[]): Sureness {
  return { step: certainty >= high ? "high" : certainty >= fair ? "fair" : "low", second: ranking(emotions)[1]!.label };
}
