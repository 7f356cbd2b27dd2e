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
  /** What the largest face appears to express; null when nobody was seen. */
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

/** The face that a person's source is about: the largest, since whoever sits behind is smaller. */
export function mainFace(person: { readonly faces: readonly FaceReading[] }): FaceReading | undefined {
  let main: FaceReading | undefined;
  for (const face of person.faces) if (!main || areaOf(face) > areaOf(main)) main = face;
  return main;
}

function areaOf({ box: [, , width, height] }: FaceReading): number {
  return width * height;
}
