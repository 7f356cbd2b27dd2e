import { Analysis } from "./analysis.ts";
import { CameraSource } from "./cameraSource.ts";
import type { Measured, Purpose, Share, Started } from "./contracts.ts";
import type { ConnectionState } from "./emotionConnection.ts";

export interface ConnectOptions {
  /** Why the person's face is analysed; the operator may refuse some purposes. */
  readonly purpose: Purpose;
  /** The person in front of the camera has been told and has agreed. */
  readonly consent: true;
  /** The room whose watchers see the readings; without one nobody but this page does. */
  readonly room?: string;
  /** What the room calls this person. */
  readonly name?: string;
  /** A source's token for the room, where the operator asks for one. */
  readonly token?: string;
  /** What the room's others see; everything, if nothing is said. */
  readonly share?: Share;
  readonly deviceId?: string;
  /** A camera that the page has opened already; `stop()` then ends the analysis only. */
  readonly stream?: MediaStream;
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

/**
 * Shows the camera in the page's own video element and has it read until `stop()`, which ends camera and analysis at once.
 * Throws a SourceError if there is no camera to be had, a ConnectionError if the server can't be reached or says no.
 */
export async function connectCamera(video: HTMLVideoElement, options: ConnectOptions): Promise<Analysis> {
  const { deviceId, stream, url, onMeasured, onState, onStarted, wantHeatmap = false, ...request } = options;
  let analysis: Analysis | undefined;
  const opened = { ...(deviceId ? { deviceId } : {}), ...(stream ? { stream } : {}) };
  const source = await CameraSource.open({ video, ...opened, onLost: () => void analysis?.stop() });
  analysis = new Analysis(
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
  try {
    await analysis.start();
  } catch (error) {
    source.stop();
    throw error;
  }
  return analysis;
}
