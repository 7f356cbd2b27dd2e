import type { FaceReading, RoomPerson, WatchRequest as ServerWatchRequest } from "./contracts.generated.ts";

/** What crosses the wire between a browser and RoomHub; the types are the server's own. */
export type { RoomMood, RoomPerson, RoomUpdate } from "./contracts.generated.ts";

/** Starts watching; a slow viewer gets fewer updates, and always the newest. */
export type WatchRequest = ServerWatchRequest & { readonly room: string; readonly rateHz: number };

/** When a person's newest reading was made, on the clock of `receivedAt`; -Infinity before the first. */
export function readAt({ ageMs }: Pick<RoomPerson, "ageMs">, receivedAt: number): number {
  return receivedAt - (ageMs ?? Infinity);
}

/** The main face, by confidence times area as on the server: people in the background are smaller, false detections less certain. */
export function mainFace<Face extends Pick<FaceReading, "box" | "confidence">>({ faces }: { readonly faces: readonly Face[] }): Face | undefined {
  let main: Face | undefined;
  for (const face of faces) if (!main || prominenceOf(face) > prominenceOf(main)) main = face;
  return main;
}

function prominenceOf({ confidence, box: [, , width, height] }: Pick<FaceReading, "box" | "confidence">): number {
  return confidence * width * height;
}
