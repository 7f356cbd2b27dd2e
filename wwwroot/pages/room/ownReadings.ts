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
  /** With the session's resume token, if the server accepts corrections. */
  readonly onMeasured: (measured: Measured, resumeToken: string | undefined) => void;
  /** The session's id, by which others find this person's readings; undefined while nothing is analyzed. */
  readonly onSession: (session: string | undefined) => void;
  /** Called on start, and again after each reconnect and each change of sharing. */
  readonly onStarted: (started: Started) => void;
}

/** One run of the analysis. */
interface Run {
  readonly started: Promise<Analysis>;
  share: Share;
  resumeToken: string | undefined;
}

/** The analysis of this person's own camera, which runs while there is a camera and the person wants it. */
export class OwnReadings {
  #run: Run | undefined;

  constructor(private readonly options: OwnReadingsOptions) {}

  get running(): boolean {
    return this.#run !== undefined;
  }

  /** Starts, changes or stops the analysis. If the server refuses, throws a ConnectionError and leaves it off. */
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

  /** Stops measuring readings against a resting face. */
  async forgetRestFace(): Promise<void> {
    const analysis = await this.#run?.started.catch(() => undefined);
    await analysis?.setRestFace(undefined);
  }

  /** Stops sending immediately, then tells the server. */
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
