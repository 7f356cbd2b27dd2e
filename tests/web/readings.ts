import type { FaceReading, Measured } from "../../wwwroot/client/contracts.ts";
import type { RoomPerson, RoomUpdate } from "../../wwwroot/client/roomContracts.ts";

/** A reading to be varied by a test. */
export function reading(changes: Partial<FaceReading> = {}): FaceReading {
  return {
    id: "1",
    box: [0.25, 0.25, 0.5, 0.5],
    points: null,
    confidence: 0.9,
    age: 1,
    emotions: [0.1, 0.65, 0.05, 0.05, 0.05, 0.04, 0.03, 0.03],
    still: [0.2, 0.55, 0.05, 0.05, 0.05, 0.04, 0.03, 0.03],
    dominant: "happy",
    certainty: 0.6,
    valence: 0.5,
    arousal: 0.25,
    ...changes,
  };
}

/** An answer to be varied by a test. */
export function measured(changes: Partial<Measured> = {}): Measured {
  return {
    sequence: 1,
    capturedAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
    width: 640,
    height: 480,
    faces: [reading()],
    timings: { queued: 1, decode: 1, detect: 1, infer: 1 },
    ...changes,
  };
}

/** A person in a room, to be varied by a test. */
export function person(changes: Partial<RoomPerson> = {}): RoomPerson {
  return { id: "a", name: "Ada", share: "full", dominant: "happy", faces: [reading()], at: 1_000_000, ageMs: 20, ...changes };
}

/** A room's update with one person in it, to be varied by a test; the mood is the person's. */
export function roomUpdate(changes: Partial<RoomUpdate> = {}): RoomUpdate {
  const { emotions, valence, arousal } = reading();
  return {
    room: "team",
    at: 1_000_000,
    people: [person({ at: changes.at ?? 1_000_000 })],
    mood: { emotions, valence, arousal, positive: 1, neutral: 0, negative: 0, agreement: 1, people: 1 },
    ...changes,
  };
}
