import type { Emotion, FaceReading, Share } from "./contracts.ts";

/** What crosses the wire between a browser and RoomHub; names and units as the server writes them. */
export interface WatchRequest {
  readonly room: string;
  /** How many updates a second this viewer wants, 1 to 30; a slow viewer gets fewer, and always the newest. */
  readonly rateHz: number;
  readonly token?: string;
}

/** One source in the room with what it shares of its newest reading. */
export interface RoomPerson {
  readonly id: string;
  readonly name: string | null;
  /** Who shares nothing is not in the room. */
  readonly share: Exclude<Share, "nothing">;
  /** What the main face (confidence times area) appears to express; null when nobody was seen. */
  readonly dominant: Emotion | null;
  /** Empty when nobody was seen, and with a badge. */
  readonly faces: readonly FaceReading[];
  /** When the reading was made, in milliseconds since 1970 on the server's clock; null before the first. */
  readonly at: number | null;
  /** How old the reading was when the update was sent; null before the first. */
  readonly ageMs: number | null;
}

/** What the room as a whole appears to express: all its recent faces together. */
export interface RoomMood {
  /** The mean distribution, each face weighted by its certainty; all zero when nobody was seen lately. */
  readonly emotions: readonly number[];
  readonly valence: number;
  readonly arousal: number;
  /** Faces whose valence is clearly above zero, near it, and clearly below. */
  readonly positive: number;
  readonly neutral: number;
  readonly negative: number;
  /** 0..1: the share that a face's distribution has in common with the mean one. */
  readonly agreement: number;
  /** Faces that were counted. */
  readonly people: number;
}

export interface RoomUpdate {
  readonly room: string;
  /** Milliseconds since 1970 on the server's clock. */
  readonly at: number;
  readonly people: readonly RoomPerson[];
  readonly mood: RoomMood;
}

/** When a person's newest reading was made, by the clock that says when its update came; before the first, never. */
export function readAt({ ageMs }: Pick<RoomPerson, "ageMs">, receivedAt: number): number {
  return receivedAt - (ageMs ?? Infinity);
}

/** The main face, by confidence times area as on the server: people behind are smaller, and what is hardly a face is less sure. */
export function mainFace<Face extends Pick<FaceReading, "box" | "confidence">>({ faces }: { readonly faces: readonly Face[] }): Face | undefined {
  let main: Face | undefined;
  for (const face of faces) if (!main || prominenceOf(face) > prominenceOf(main)) main = face;
  return main;
}

function prominenceOf({ confidence, box: [, , width, height] }: Pick<FaceReading, "box" | "confidence">): number {
  return confidence * width * height;
}
