/** Something that shows pictures: a camera, a file, the demo. */
export interface FrameSource {
  readonly kind: "camera" | "video" | "image" | "demo";
  /** What the page shows and the encoder draws from. */
  readonly element: HTMLVideoElement | HTMLCanvasElement;
  /** True where people expect to see themselves as in a mirror. */
  readonly mirrored: boolean;
  /** Frames a second beyond which nothing new is to be seen. */
  readonly maxFramesPerSecond: number;
  /** A line to show under the picture, if the picture needs one. */
  readonly caption: string | undefined;
  /** False while there is no picture to send: not started, paused, ended. */
  readonly ready: boolean;
  stop(): void;
}

export type SourceProblem = "no-camera" | "camera-refused" | "camera-in-use" | "camera-insecure" | "camera-lost" | "unreadable-file" | "demo-missing";

/** Says in one word why a source can't be used, so that a page can explain it in a sentence. */
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

/** Makes a video element play inline and silently, which is what browsers let play unasked. */
export function silent(video: HTMLVideoElement): HTMLVideoElement {
  video.muted = true;
  video.playsInline = true;
  return video;
}

/** Whether a video element has a new picture to give. */
export function isPlaying(video: HTMLVideoElement): boolean {
  return video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && !video.paused && !video.ended;
}
