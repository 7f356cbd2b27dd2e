/** Something that shows pictures: a camera, a file, the demo. */
export interface FrameSource {
  readonly kind: "camera" | "video" | "image" | "demo";
  /** What the page shows and the encoder draws from. */
  readonly element: HTMLVideoElement | HTMLCanvasElement;
  /** True if people expect to see themselves mirrored. */
  readonly mirrored: boolean;
  /** The rate above which there are no new pictures. */
  readonly maxFramesPerSecond: number;
  /** A caption to show with the picture, if it needs one. */
  readonly caption: string | undefined;
  /** False while there is no picture to send: not started, paused or ended. */
  readonly ready: boolean;
  stop(): void;
}

export type SourceProblem = "no-camera" | "camera-refused" | "camera-in-use" | "camera-insecure" | "camera-lost" | "unreadable-file" | "demo-missing";

/** Why a source can't be used, as a code that pages can explain. */
export class SourceError extends Error {
  constructor(
    readonly problem: SourceProblem,
    cause?: unknown,
  ) {
    super(problem, { cause });
    this.name = "SourceError";
  }
}

/** The natural size of what a source shows; zero while unknown. */
export function sizeOf(element: HTMLVideoElement | HTMLCanvasElement): { width: number; height: number } {
  return element instanceof HTMLVideoElement
    ? { width: element.videoWidth, height: element.videoHeight }
    : { width: element.width, height: element.height };
}

/** Makes a video element play inline and muted, which browsers allow without a click. */
export function silent(video: HTMLVideoElement): HTMLVideoElement {
  video.muted = true;
  video.playsInline = true;
  return video;
}

/** Whether a video element has a new picture to give. */
export function isPlaying(video: HTMLVideoElement): boolean {
  return video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && !video.paused && !video.ended;
}
