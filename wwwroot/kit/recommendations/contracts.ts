import type { Emotion } from "../../client/contracts.ts";

/** What crosses the wire between a page and `/api/v1/recommendations`; names as the server writes them. */
export const media = ["movies", "songs", "books"] as const;
export type Medium = (typeof media)[number];

export const modes = ["match", "change"] as const;
export type Mode = (typeof modes)[number];

export interface RecommendationRequest {
  readonly emotions: Readonly<Partial<Record<Emotion, number>>>;
  readonly media: Medium;
  readonly mode: Mode;
  readonly count: number;
  readonly skip: number;
  readonly seed: number;
}

export interface Recommendation {
  readonly media: Medium;
  readonly title: string;
  readonly year: number;
  readonly maker: string;
  readonly link: string;
  /** The label that spoke for it most. */
  readonly for: Emotion;
}

export interface RecommendationList {
  readonly items: readonly Recommendation[];
  /** How many more there are for this mood. */
  readonly left: number;
}
