import type { JoinRequest as ServerJoinRequest } from "./contracts.generated.ts";

/** What crosses the wire between a browser and RoomHub in a call; the types are the server's own. */
export type { IceServer, JoinedRoom, Participant } from "./contracts.generated.ts";

/** Joins a room's call. */
export type JoinRequest = ServerJoinRequest & { readonly room: string };

/** What a participant tells the others about themselves. */
export interface About {
  readonly camera: boolean;
  readonly microphone: boolean;
  /** The session whose readings in the room's updates are this participant's; undefined while they share none. */
  readonly session: string | undefined;
}

/** What participants send each other through the server, which does not read it. */
export interface CallSignal {
  readonly about?: About;
  readonly description?: RTCSessionDescriptionInit;
  readonly candidate?: RTCIceCandidateInit;
  /** The sender was disconnected, so signals may have been lost. */
  readonly back?: true;
  /** The sender asks the other side to restart ICE: only one side does, since colliding offers may end without pictures. */
  readonly restart?: true;
}

const longestSession = 64;

/** Reads another browser's signal. Anyone can send one, so invalid parts are dropped. */
export function readSignal(payload: string): CallSignal {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    return {};
  }
  if (!isRecord(value)) return {};
  const { about, description, candidate, back, restart } = value;
  return {
    ...(isRecord(about) ? { about: readAbout(about) } : {}),
    ...(isRecord(description) && isDescription(description) ? { description } : {}),
    ...(isRecord(candidate) ? { candidate } : {}),
    ...(back === true ? { back } : {}),
    ...(restart === true ? { restart } : {}),
  };
}

function readAbout({ camera, microphone, session }: Record<string, unknown>): About {
  const known = typeof session === "string" && session.length <= longestSession ? session : undefined;
  return { camera: camera === true, microphone: microphone === true, session: known };
}

function isDescription(value: Record<string, unknown>): value is Record<string, unknown> & RTCSessionDescriptionInit {
  return (value["type"] === "offer" || value["type"] === "answer") && typeof value["sdp"] === "string";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
