import type { Analysis } from "../../client/analysis.ts";
import { connectVideo } from "../../client/connectCamera.ts";
import type { Measured, Purpose, Share, Started } from "../../client/contracts.ts";
import { readKept } from "../../kit/keptRestFace.ts";
import type { Choice } from "./joinForm.ts";

export interface OwnReadingsOptions {
  readonly room: string;
  readonly name: string;
  readonly token: string | undefined;
  readonly purpose: Purpose;
  /** With the resume token of the session that it is from, where the server takes corrections of it. */
  readonly onMeasured: (measured: Measured, resumeToken: string | undefined) => void;
  /** The session's id, by which the others find this person's readings; none while nothing is analysed. */
  readonly onSession: (session: string | undefined) => void;
  /** At the start, and again after each reconnect and each change of what is shared. */
  readonly onStarted: (started: Started) => void;
}

/** One analysis from its start to its end. */
interface Run {
  readonly started: Promise<Analysis>;
  share: Share;
  resumeToken: string | undefined;
}

/** The analysis of this person's own camera: runs while there is a camera and the person wants it. */
export class OwnReadings {
  #run: Run | undefined;

  constructor(private readonly options: OwnReadingsOptions) {}

  get running(): boolean {
    return this.#run !== undefined;
  }

  /** Starts, changes or ends the analysis, as was chosen. Throws a ConnectionError if the server says no; it is off then. */
  async choose(choice: Choice, video: HTMLVideoElement): Promise<void> {
    if (choice === "off") return this.stop();
    const run = (this.#run ??= this.#start(choice, video));
    try {
      const analysis = await run.started;
      if (run !== this.#run || run.share === choice) return;
      run.share = choice;
      await analysis.share(choice);
    } catch (error) {
      if (run !== this.#run) return;
      await this.stop();
      throw error;
    }
  }

  /** Has readings no longer judged against a rest face. */
  async forgetRestFace(): Promise<void> {
    const analysis = await this.#run?.started.catch(() => undefined);
    await analysis?.setRestFace(undefined);
  }

  /** Nothing is sent any more from here on; the goodbye to the server follows. */
  async stop(): Promise<void> {
    const run = this.#run;
    this.#run = undefined;
    this.options.onSession(undefined);
    const analysis = await run?.started.catch(() => undefined);
    await analysis?.stop();
  }

  #start(share: Share, video: HTMLVideoElement): Run {
    const { room, name, token, purpose, onMeasured, onSession, onStarted } = this.options;
    const started = connectVideo(video, {
      purpose,
      consent: true,
      room,
      name,
      ...(token ? { token } : {}),
      share,
      restFace: readKept()?.reading,
      onMeasured: (measured) => void (run === this.#run && onMeasured(measured, run.resumeToken)),
      onStarted: (answer) => {
        if (run !== this.#run) return;
        run.resumeToken = answer.correctable ? answer.resumeToken : undefined;
        onSession(answer.sessionId);
        onStarted(answer);
      },
    });
    const run: Run = { started, share, resumeToken: undefined };
    return run;
  }
}
