import { measurePicture, StillError, type StillFace, type StillReading } from "../client/stills.ts";
import { preparePicture } from "./preparePicture.ts";

/** What another try may mend; anything else is the picture's own fault. */
const passing = new Set(["unreachable", "busy", "failed"]);

/** One picture on the page, from the moment it was chosen: waiting, then read or refused. */
export class Picture {
  reading: StillReading | undefined;
  /** Why it could not be read: a code word. */
  problem: string | undefined;
  selectedId: string | undefined;
  /** The picture as it is shown and sent. */
  url: string | undefined;
  #removed = new AbortController();

  constructor(
    readonly name: string,
    private readonly file: Blob,
  ) {}

  get canRetry(): boolean {
    // A bare status comes from what lies between, which may be well again.
    return this.problem !== undefined && (passing.has(this.problem) || /^5\d\d$/.test(this.problem));
  }

  get selected(): StillFace | undefined {
    return this.reading?.faces.find((face) => face.id === this.selectedId);
  }

  /** Has it read; what came of it is in `reading` or `problem`. */
  async read(onShown: () => void): Promise<void> {
    this.problem = undefined;
    try {
      const prepared = await preparePicture(this.file);
      if (this.#removed.signal.aborted) return;
      this.url ??= URL.createObjectURL(prepared);
      onShown();
      this.reading = await measurePicture(prepared, this.#removed.signal);
      this.selectedId = this.reading.faces[0]?.id;
    } catch (error) {
      this.problem = error instanceof StillError ? error.code : "failed";
    }
  }

  remove(): void {
    this.#removed.abort();
    if (this.url) URL.revokeObjectURL(this.url);
  }
}
