import { Analysis } from "./analysis.ts";
import { CameraSource } from "./cameraSource.ts";
import type { Measured, Purpose, Share, Started } from "./contracts.ts";
import type { ConnectionState } from "./emotionConnection.ts";
import type { FrameSource } from "./frameSource.ts";
import { VideoSource } from "./videoSource.ts";

export interface ConnectOptions {
  /** Why the person's face is analysed; the operator may refuse some purposes. */
  readonly purpose: Purpose;
  /** The people in the picture have been told and have agreed. */
  readonly consent: true;
  /** The room whose watchers see the readings; without one nobody but this page does. */
  readonly room?: string;
  /** What the room calls this person. */
  readonly name?: string;
  /** A source's token for the room, where the operator asks for one. */
  readonly token?: string;
  /** What the room's others see; everything, if nothing is said. */
  readonly share?: Share;
  readonly wantHeatmap?: boolean;
  /** How the person's face at rest read: readings are judged against it. */
  readonly restFace?: readonly number[] | undefined;
  /** The hub's address, for a server elsewhere. */
  readonly url?: string;
  /** `latency` is milliseconds from the picture's capture to its readings. */
  readonly onMeasured?: (measured: Measured, latency: number) => void;
  readonly onState?: (state: ConnectionState) => void;
  /** At the start, and again after each reconnect and each change of what is shared. */
  readonly onStarted?: (started: Started) => void;
}

export interface CameraConnectOptions extends ConnectOptions {
  readonly deviceId?: string;
}

/**
 * Shows the camera in the page's own video element and has it read until `stop()`, which ends camera and analysis at once.
 * Throws a SourceError if there is no camera to be had, a ConnectionError if the server can't be reached or says no.
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
 * Has whatever the page's own video element plays read until `stop()`, which ends the analysis only: a call's camera, a file, a
 * stream. A video of another site must allow this one to read its pixels (CORS). Throws a ConnectionError as above.
 */
export function connectVideo(video: HTMLVideoElement, options: ConnectOptions): Promise<Analysis> {
  return connect(new VideoSource(video), options);
}

async function connect(source: FrameSource, options: ConnectOptions): Promise<Analysis> {
  const { url, onMeasured, onState, onStarted, wantHeatmap = false, ...request } = options;
  const analysis = new Analysis(
    source,
    { ...request, wantHeatmap },
    {
      measured: (measured, latency) => onMeasured?.(measured, latency),
      stateChanged: (state) => onState?.(state),
      started: (started) => onStarted?.(started),
      rejected: () => undefined,
    },
    url,
  );
  await analysis.start();
  return analysis;
}
