import { isPlaying, silent, SourceError, type FrameSource, type SourceProblem } from "./frameSource.ts";

export interface CameraOptions {
  readonly deviceId?: string;
  /** The page's own video element; by default, one is created. */
  readonly video?: HTMLVideoElement;
  /** Called when the camera is unplugged or its permission is withdrawn. */
  readonly onLost?: () => void;
}

/** A live camera. */
export class CameraSource implements FrameSource {
  readonly kind = "camera";
  readonly mirrored: boolean;
  readonly caption = undefined;

  private constructor(
    readonly element: HTMLVideoElement,
    readonly stream: MediaStream,
  ) {
    this.mirrored = this.#settings.facingMode !== "environment";
  }

  /** Opens a camera, or throws a SourceError that says why not. */
  static async open(options: CameraOptions = {}): Promise<CameraSource> {
    if (!navigator.mediaDevices?.getUserMedia) throw new SourceError("camera-insecure");
    const stream = await requestStream(options.deviceId);
    const video = silent(options.video ?? document.createElement("video"));
    video.srcObject = stream;
    try {
      await video.play();
    } catch (error) {
      for (const track of stream.getTracks()) track.stop();
      throw new SourceError("camera-in-use", error);
    }
    stream.getVideoTracks()[0]?.addEventListener("ended", () => options.onLost?.());
    return new CameraSource(video, stream);
  }

  get deviceId(): string | undefined {
    return this.#settings.deviceId;
  }

  get maxFramesPerSecond(): number {
    return this.#settings.frameRate ?? 30;
  }

  get ready(): boolean {
    return isPlaying(this.element);
  }

  stop(): void {
    for (const track of this.stream.getTracks()) track.stop();
    this.element.srcObject = null;
  }

  get #settings(): MediaTrackSettings {
    return this.stream.getVideoTracks()[0]?.getSettings() ?? {};
  }
}

/** The available cameras; their names are empty until the person has allowed one. */
export async function listCameras(): Promise<MediaDeviceInfo[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return devices.filter((device) => device.kind === "videoinput");
}

async function requestStream(deviceId: string | undefined): Promise<MediaStream> {
  const video: MediaTrackConstraints = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
  if (deviceId) video.deviceId = { exact: deviceId };
  else video.facingMode = "user";
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: false });
  } catch (error) {
    // The camera chosen last time is gone; any other is better than none.
    if (deviceId && error instanceof DOMException && error.name === "OverconstrainedError") return requestStream(undefined);
    throw new SourceError(cameraProblem(error), error);
  }
}

/** The names are those of the Media Capture specification's getUserMedia() algorithm. */
export function cameraProblem(error: unknown): SourceProblem {
  switch (error instanceof DOMException ? error.name : "") {
    case "NotAllowedError":
      return "camera-refused";
    case "SecurityError":
      return "camera-insecure";
    case "NotReadableError":
    case "AbortError":
      return "camera-in-use";
    default:
      return "no-camera";
  }
}
