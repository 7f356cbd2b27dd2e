import { isPlaying, type FrameSource } from "./frameSource.ts";

/** A video element of the page, which keeps control of playing and pausing. */
export class VideoSource implements FrameSource {
  readonly kind = "video";
  readonly mirrored = false;
  readonly maxFramesPerSecond = 30;
  readonly caption = undefined;
  #stopped = false;

  constructor(readonly element: HTMLVideoElement) {}

  get ready(): boolean {
    return !this.#stopped && isPlaying(this.element);
  }

  stop(): void {
    this.#stopped = true;
  }
}
