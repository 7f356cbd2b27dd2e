import { mainFace } from "../../client/roomContracts.ts";
import { measurePicture, StillError, type StillFace, type StillReading } from "../../client/stills.ts";
import { archiveConsent } from "../../kit/corrections/archive.ts";
import { contributor } from "../../kit/corrections/contributor.ts";
import { RequestError } from "../../kit/request.ts";
import { preparePicture } from "./preparePicture.ts";

/** Problems that another try may solve; all others are the picture's own. */
const passing = new Set(["unreachable", "busy", "failed", "key_required"]);

/** One picture on the page: waiting, then read or rejected. */
export class Picture {
  reading: StillReading | undefined;
  /** Why it could not be read: an error code. */
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
    // A status without a code comes from a proxy and may be temporary.
    return this.problem !== undefined && (passing.has(this.problem) || /^5\d\d$/.test(this.problem));
  }

  get selected(): StillFace | undefined {
    return this.reading?.faces.find((face) => face.id === this.selectedId);
  }

  /** Sends it to be read; the outcome is in `reading` or `problem`. */
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

  /** Reads the picture again to get a token for correcting this face; the same picture has the same faces. Throws a RequestError. */
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
