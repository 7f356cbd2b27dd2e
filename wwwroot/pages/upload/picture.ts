import { mainFace } from "../../client/roomContracts.ts";
import { measurePicture, StillError, type StillFace, type StillReading } from "../../client/stills.ts";
import { archiveConsent } from "../../kit/corrections/archive.ts";
import { contributor } from "../../kit/corrections/contributor.ts";
import { RequestError } from "../../kit/request.ts";
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
  #prepared: Blob | undefined;
  #removed = new AbortController();

  constructor(
    readonly name: string,
    private readonly file: Blob,
    readonly caption = "",
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
      this.#prepared = prepared;
      this.url ??= URL.createObjectURL(prepared);
      onShown();
      this.reading = await measurePicture(prepared, { signal: this.#removed.signal });
      this.selectedId = mainFace(this.reading)?.id;
    } catch (error) {
      this.problem = error instanceof StillError ? error.code : "failed";
    }
  }

  /** Has the picture read once more, for a token to correct this face with; the same picture has the same faces. Throws a RequestError. */
  async askToken(face: StillFace): Promise<string> {
    const faces = await this.#readAgain();
    const token = faces.find(({ id }) => id === face.id)?.correctionToken;
    if (!token) throw new RequestError("feedback_off");
    return token;
  }

  async #readAgain(): Promise<readonly StillFace[]> {
    if (!this.#prepared) return [];
    const consent = archiveConsent.given ? { archivist: contributor() } : {};
    try {
      return (await measurePicture(this.#prepared, { correct: true, signal: this.#removed.signal, ...consent })).faces;
    } catch (error) {
      throw new RequestError(error instanceof StillError ? error.code : "unreachable");
    }
  }

  remove(): void {
    this.#removed.abort();
    if (this.url) URL.revokeObjectURL(this.url);
  }
}
