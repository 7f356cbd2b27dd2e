import { isPlaying, silent, SourceError, type FrameSource } from "./frameSource.ts";

/** Larger pictures are scaled down, since neither the person nor the server needs more. */
const longestImageSide = 1920;

/** Opens a picture or a video that the person chose. The file stays in the browser; only frames are sent. */
export function openFile(file: File, signal?: AbortSignal): Promise<FrameSource> {
  return file.type.startsWith("video/") || /\.(mp4|m4v|mov|webm|mkv)$/i.test(file.name) ? VideoFileSource.open(file, signal) : ImageFileSource.open(file);
}

/** A video file, played in a loop. */
export class VideoFileSource implements FrameSource {
  readonly kind = "video";
  readonly mirrored = false;
  readonly maxFramesPerSecond = 30;
  readonly caption: string;

  private constructor(
    readonly element: HTMLVideoElement,
    file: File,
  ) {
    this.caption = file.name;
  }

  static async open(file: File, signal?: AbortSignal): Promise<VideoFileSource> {
    const video = silent(document.createElement("video"));
    video.loop = true;
    video.src = URL.createObjectURL(file);
    const source = new VideoFileSource(video, file);
    try {
      await video.play();
      signal?.throwIfAborted();
      return source;
    } catch (error) {
      source.stop();
      throw new SourceError("unreadable-file", error);
    }
  }

  get ready(): boolean {
    return isPlaying(this.element);
  }

  stop(): void {
    this.element.pause();
    URL.revokeObjectURL(this.element.src);
    this.element.removeAttribute("src");
  }
}

/** A still picture, turned upright by its EXIF orientation. */
export class ImageFileSource implements FrameSource {
  readonly kind = "image";
  readonly mirrored = false;
  // A picture doesn't change; a few frames are enough for the reading to settle.
  readonly maxFramesPerSecond = 5;
  readonly caption: string;
  ready = true;

  private constructor(
    readonly element: HTMLCanvasElement,
    file: File,
  ) {
    this.caption = file.name;
  }

  static async open(file: File): Promise<ImageFileSource> {
    let bitmap: ImageBitmap;
    try {
      bitmap = await createImageBitmap(file);
    } catch (error) {
      throw new SourceError("unreadable-file", error);
    }
    const scale = Math.min(1, longestImageSide / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    return new ImageFileSource(canvas, file);
  }

  stop(): void {
    this.ready = false;
  }
}
