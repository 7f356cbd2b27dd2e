/** What crosses the wire between a browser and CameraHub; names and units as the server writes them. */

/** The order of every array of eight probabilities. */
export const emotionLabels = ["neutral", "happy", "surprise", "sad", "angry", "disgust", "fear", "contempt"] as const;
export type Emotion = (typeof emotionLabels)[number];

/** Why somebody's face is analysed; the operator may refuse some of them. */
export const purposes = ["personal", "entertainment", "research", "wellbeing", "workplace", "education"] as const;
export type Purpose = (typeof purposes)[number];

/** What a room's others see: everything, only the expression that the main face appears to show, or nothing at all. */
export const shares = ["full", "badge", "nothing"] as const;
export type Share = (typeof shares)[number];

export interface StartRequest {
  readonly room?: string;
  readonly name?: string;
  /** A source's token for the room, where the operator asks for one. */
  readonly token?: string;
  /** Full, if nothing is said. */
  readonly share?: Share;
  readonly purpose: Purpose;
  readonly consent: true;
  readonly resumeToken?: string;
  readonly wantHeatmap: boolean;
  /** How the sender's face at rest read: readings are judged against it. */
  readonly restFace?: readonly number[] | undefined;
}

/** What the server allows one session to send. */
export interface Limits {
  readonly maxFrameBytes: number;
  readonly maxFrameSide: number;
  readonly maxUnanswered: number;
  readonly maxFramesPerSecond: number;
  readonly resumeWithinSeconds: number;
}

export interface Started {
  readonly sessionId: string;
  readonly resumeToken: string;
  readonly resumed: boolean;
  readonly limits: Limits;
  readonly model: { readonly emotion: string; readonly face: string };
  readonly labels: readonly string[];
  /** The server takes corrections of the session's faces. */
  readonly correctable: boolean;
}

/** Left, top, width and height, each 0..1 of the upright frame. */
export type Box = readonly [x: number, y: number, width: number, height: number];

/** Degrees; 0, 0, 0 faces the camera. Errs by about 5. */
export interface HeadPose {
  /** Above 0: turned to the right of the picture, the person's own left. */
  readonly yaw: number;
  /** Above 0: raised, looking up. */
  readonly pitch: number;
  /** Above 0: leaning clockwise in the picture, towards the person's own left shoulder. */
  readonly roll: number;
}

/** One face of one frame. `emotions` is the answer over time, `still` that of the single frame. */
export interface FaceReading {
  readonly id: string;
  readonly box: Box;
  /** Right eye, left eye, nose, right and left mouth corner as x, y pairs; right and left are the person's own. */
  readonly points: readonly number[] | null;
  readonly confidence: number;
  /** Seconds since this face was first seen. */
  readonly age: number;
  readonly emotions: readonly number[];
  readonly still: readonly number[];
  readonly dominant: Emotion;
  readonly certainty: number;
  /** Too uncertain for a word: a hand before the face, a mask, a blurred picture. */
  readonly unclear?: true;
  readonly valence: number;
  readonly arousal: number;
  /** Six rows of six, 0..1, over the face's square crop: what spoke for the dominant emotion. */
  readonly heatmap?: readonly number[] | null;
  /** Which way the head faces; older servers do not say. */
  readonly pose?: HeadPose | null;
}

/** Milliseconds a frame spent in each stage on the server. */
export interface Timings {
  readonly queued: number;
  readonly decode: number;
  readonly detect: number;
  readonly infer: number;
}

export interface Measured {
  readonly sequence: number;
  /** Milliseconds since 1970 on the sender's clock, as sent with the frame. */
  readonly capturedAt: number;
  readonly width: number;
  readonly height: number;
  readonly faces: readonly FaceReading[];
  readonly timings: Timings;
}

export type RejectionReason = "superseded" | "undecodable" | "too_large" | "rate_limited" | "busy" | "not_started";

export interface Rejected {
  readonly sequence: number;
  readonly reason: RejectionReason;
  readonly detail: string;
}
