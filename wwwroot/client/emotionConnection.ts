import { HubConnectionState, type HubConnection } from "@microsoft/signalr";
import type { Measured, Rejected, Share, Started, StartRequest } from "./contracts.ts";
import { createHub, goodbyeMilliseconds, inTime, leaveWithPage, problemOf } from "./hub.ts";
import { pause } from "./pause.ts";
import { resumeDelay } from "./resumePolicy.ts";

export type ConnectionState = "connecting" | "running" | "reconnecting" | "stopped";

/** Told what happens on a connection. */
export interface ConnectionListener {
  stateChanged(state: ConnectionState): void;
  /** At the start, and again after each reconnect. */
  started(started: Started): void;
  measured(measured: Measured): void;
  rejected(rejected: Rejected): void;
}

/** A server that says goodbye needs a moment to be gone: trying at once would reach the same one, which takes no more frames. */
const attemptAfterStopping = 3;

/**
 * One session on CameraHub. After a broken connection it comes back by itself, with the resume token, so that face ids
 * and what the model remembers of each face live on.
 */
export class EmotionConnection {
  /** A new one for each try: a socket that hangs while it opens can't be closed, only left behind. */
  #hub: HubConnection | undefined;
  readonly #life = new AbortController();
  #resumeToken: string | undefined;
  #state: ConnectionState = "stopped";
  #comingBack = false;
  #firstAttempt = 0;

  constructor(
    private request: StartRequest,
    private readonly listener: ConnectionListener,
    private readonly url = "/hubs/camera",
  ) {}

  get running(): boolean {
    return this.#state === "running";
  }

  /** Connects and starts a session, or throws a ConnectionError. */
  async start(): Promise<void> {
    this.#enter("connecting");
    leaveWithPage(this.url, () => this.#resumeToken, this.#life.signal);
    try {
      await this.#startSession();
    } catch (error) {
      this.#life.abort();
      this.#enter("stopped");
      throw error;
    }
  }

  /** Sends a frame without waiting; its answer comes as Measured or Rejected. */
  submit(sequence: number, capturedAt: number, jpeg: Uint8Array): void {
    // A send fails only when the connection breaks, which onclose sees too.
    this.#hub?.send("SubmitFrame", sequence, capturedAt, jpeg).catch(() => undefined);
  }

  /** Changes what others see from now on; the session goes on. Throws a ConnectionError if the server says no. */
  async share(share: Share): Promise<void> {
    this.request = { ...this.request, share };
    const hub = this.#hub;
    // A connection that is being made anew says it when it starts.
    if (!this.running || !hub) return;
    try {
      this.#take(await inTime(hub.invoke<Started>("Start", this.#startRequest)));
    } catch (error) {
      const problem = problemOf(hub, error);
      if (problem.problem === "refused") throw problem;
      this.restart();
    }
  }

  /** Judges readings against a rest face from now on, after a reconnect too; with nothing, as they are. */
  async setRestFace(restFace: readonly number[] | undefined): Promise<void> {
    this.request = { ...this.request, restFace };
    if (this.running) await this.#hub?.invoke("SetRestFace", restFace ?? null);
  }

  /** Gives up a connection that no longer answers; a new one follows. */
  restart(): void {
    if (!this.running) return;
    this.#leave(this.#hub);
    void this.#comeBack();
  }

  async stop(): Promise<void> {
    this.#life.abort();
    this.#enter("stopped");
    const hub = this.#hub;
    if (hub?.state === HubConnectionState.Connected) {
      const goodbye = hub.invoke("Stop").catch(() => undefined);
      await Promise.race([goodbye, pause(goodbyeMilliseconds)]);
    }
    this.#leave(hub);
  }

  #createHub(): HubConnection {
    const hub = createHub(this.url);
    hub.on("Measured", (measured: Measured) => this.listener.measured(measured));
    hub.on("Rejected", (rejected: Rejected) => this.listener.rejected(rejected));
    // The server closes the connection right after this; coming back is then the same as after any break.
    hub.on("Stopping", () => {
      this.#firstAttempt = attemptAfterStopping;
      this.#enter("reconnecting");
    });
    hub.onclose(() => hub === this.#hub && void this.#comeBack());
    return hub;
  }

  /** Closes a connection without waiting for it, and stops listening to it. */
  #leave(hub: HubConnection | undefined): void {
    if (hub === this.#hub) this.#hub = undefined;
    hub?.off("Measured");
    hub?.off("Rejected");
    hub?.off("Stopping");
    void hub?.stop();
  }

  async #startSession(): Promise<void> {
    const hub = (this.#hub = this.#createHub());
    let started: Started;
    try {
      await inTime(hub.start());
      started = await inTime(hub.invoke<Started>("Start", this.#startRequest));
    } catch (error) {
      const problem = problemOf(hub, error);
      this.#leave(hub);
      throw problem;
    }
    if (this.#life.signal.aborted) return this.#leave(hub);
    this.#take(started);
    this.#enter("running");
  }

  get #startRequest(): StartRequest {
    return this.#resumeToken ? { ...this.request, resumeToken: this.#resumeToken } : this.request;
  }

  #take(started: Started): void {
    this.#resumeToken = started.resumeToken;
    this.listener.started(started);
  }

  async #comeBack(): Promise<void> {
    // A failed try closes the connection again, which must not begin a second series of tries.
    if (this.#comingBack || this.#life.signal.aborted || this.#state === "connecting") return;
    this.#comingBack = true;
    this.#enter("reconnecting");
    for (let attempt = this.#firstAttempt; this.#hub?.state !== HubConnectionState.Connected; attempt++) {
      await pause(resumeDelay(attempt), this.#life.signal);
      if (this.#life.signal.aborted) return;
      await this.#startSession().catch(() => undefined);
    }
    this.#comingBack = false;
    this.#firstAttempt = 0;
  }

  #enter(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.listener.stateChanged(state);
  }
}
