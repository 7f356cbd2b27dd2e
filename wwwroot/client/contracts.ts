import type { Purpose, StartRequest as ServerStartRequest } from "./contracts.generated.ts";

/** What crosses the wire between a browser and CameraHub; the types are the server's own. */
export {
  emotionLabels,
  purposes,
  shares,
  type Box,
  type Emotion,
  type FaceReading,
  type HeadPose,
  type Measured,
  type Purpose,
  type Rejected,
  type RejectionReason,
  type SessionLimits as Limits,
  type Share,
  type StageTimings as Timings,
  type Started,
  type Stopping,
} from "./contracts.generated.ts";

/** Starts a session; purpose and consent are required. */
export type StartRequest = ServerStartRequest & { readonly purpose: Purpose; readonly consent: true; readonly wantHeatmap: boolean };
