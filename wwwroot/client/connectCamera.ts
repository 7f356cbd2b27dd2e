import { Analysis } from "./analysis.ts";
import { CameraSource } from "./cameraSource.ts";
import type { Measured, Purpose, Share, Started } from "./contracts.ts";
import type { ConnectionState } from "./emotionConnection.ts";
import type { FrameSource } from "./frameSource.ts";
import type { ConnectionError } from "./hub.ts";
import { VideoSource } from "./videoSource.ts";

export interface ConnectOptions {
  /** Why the person's face is analyzed; the operator may refuse some purposes. */
  readonly purpose: Purpose;
  /** The people in the picture have been informed and have agreed. */
  readonly consent: true;
  /** The room whose viewers see the readings; without one, only this page does. */
  readonly room?: string;
  /** The person's name in the room. */
  readonly name?: string;
  /** A source token for the room, if the operator requires one. */
  readonly token?: string;
  /** What others in the room see; everything by default. */
  readonly share?: Share;
  readonly wantHeatmap?: boolean;
  /** The person's resting face; readings are measured against it. */
  readonly restFace?: readonly number[] | undefined;
  /** The hub's address, for a server elsewhere. */
  readonly url?: string;
  /** `latency` is milliseconds from the picture's capture to its readings. */
  readonly onMeasured?: (measured: Measured, latency: number) => void;
  readonly onState?: (state: ConnectionState) => void;
  /** Called on start, and again after each reconnect and each change of sharing. */
  readonly onStarted?: (started: Started) => void;
  /** The server was started again and wants a key now that this browser does not have; the analysis has ended. */
  readonly onRefused?: (error: ConnectionError) => void;
}

export interface CameraConnectOptions extends ConnectOptions {
  readonly deviceId?: string;
}

/**
 * Shows the camera in the page's own video element and analyzes it until `stop()`, which ends camera and analysis immediately.
 * Throws a SourceError if there is no usable camera, or a ConnectionError if the server can't be reached or refuses.
 */
export async function connectCamera(video: HTMLVideoElement, { deviceId, ...options }: CameraConnectOptions): Promise<Analysis> {
  let analysis: Analysis | undefined;
  const source = await CameraSource.open({ video, ...(deviceId ? { deviceId } : {}), onLost: () => void analysis?.stop() });
  try {
    return (analysis = await connect(source, options));
  } catch (error) {
    source.stop();
    throw error;
  }
}

/**
 * Analyzes what the page's own video element plays (a call's camera, a file, a stream) until `stop()`, which ends the analysis
 * only. A video from another site must allow this one to read its pixels (CORS). Throws a ConnectionError as above.
 */
export function connectVideo(video: HTMLVideoElement, options: ConnectOptions): Promise<Analysis> {
  return connect(new VideoSource(video), options);
}

async function connect(source: FrameSource, options: ConnectOptions): Promise<Analysis> {
  const { url, onMeasured, onState, onStarted, onRefused, wantHeatmap = false, ...request } = options;
  const analysis = new Analysis(
    source,
    { ...request, wantHeatmap },
    {
      measured: (measured, latency) => onMeasured?.(measured, latency),
      stateChanged: (state) => onState?.(state),
      started: (started) => onStarted?.(started),
      rejected: () => undefined,
      refused: (error) => onRefused?.(error),
    },
    url,
  );
  await analysis.start();
  return analysis;
}
