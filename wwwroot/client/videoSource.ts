import { isPlaying, type FrameSource } from "./frameSource.ts";

/** Whatever a video element of the page's plays: it stays the page's to play, pause and end. */
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
