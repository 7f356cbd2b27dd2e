import { HubConnectionState, type HubConnection } from "@microsoft/signalr";
import type { Measured, Rejected, Share, Started, StartRequest, Stopping } from "./contracts.ts";
import { ConnectionError, createHub, goodbyeMilliseconds, inTime, leaveWithPage, problemOf } from "./hub.ts";
import { pause } from "./pause.ts";
import { openingTime, resumeDelay } from "./resumePolicy.ts";

export type ConnectionState = "connecting" | "running" | "reconnecting" | "stopped";

/** Callbacks of a connection. */
export interface ConnectionListener {
  stateChanged(state: ConnectionState): void;
  /** Called on start, and again after each reconnect. */
  started(started: Started): void;
  measured(measured: Measured): void;
  rejected(rejected: Rejected): void;
  /** The server wants a key now that this browser does not have; the session has ended. */
  refused(error: ConnectionError): void;
}

/** After the server announced its end, the first attempts are skipped: they would reach the same server, which accepts no more frames. */
const attemptAfterStopping = 3;

/**
 * One session on CameraHub. After an interruption it reconnects with the resume token, so that face ids
 * and the model's memory of each face are kept.
 */
export class EmotionConnection {
  /** A new one for each attempt: a socket that hangs while opening can't be closed, only abandoned. */
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
    // A send fails only if the connection breaks, which onclose handles.
    this.#hub?.send("SubmitFrame", sequence, capturedAt, jpeg).catch(() => undefined);
  }

  /** Changes what others see from now on; the session continues. Throws a ConnectionError if the server refuses. */
  async share(share: Share): Promise<void> {
    this.request = { ...this.request, share };
    const hub = this.#hub;
    // While reconnecting, the next start sends it.
    if (!this.running || !hub) return;
    try {
      this.#take(await inTime(hub.invoke<Started>("Start", this.#startRequest)));
    } catch (error) {
      const problem = await problemOf(hub, this.url, error);
      if (problem.problem === "refused") throw problem;
      this.restart();
    }
  }

  /** Measures readings against a resting face from now on, also after reconnecting; undefined turns this off. */
  async setRestFace(restFace: readonly number[] | undefined): Promise<void> {
    this.request = { ...this.request, restFace };
    if (this.running) await this.#hub?.invoke("SetRestFace", restFace ?? null);
  }

  /** Replaces a connection that no longer answers. */
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

  #createHub(url: string): HubConnection {
    const hub = createHub(url);
    hub.on("Measured", (measured: Measured) => this.listener.measured(measured));
    hub.on("Rejected", (rejected: Rejected) => this.listener.rejected(rejected));
    // The server closes the connection right after this, which is handled like any interruption.
    hub.on("Stopping", (stopping: Stopping) => {
      this.#firstAttempt = stopping.elsewhere ? 0 : attemptAfterStopping;
      this.#enter("reconnecting");
    });
    hub.onclose(() => hub === this.#hub && void this.#comeBack());
    return hub;
  }

  /** Closes a connection without waiting, and removes its handlers. */
  #leave(hub: HubConnection | undefined): void {
    if (hub === this.#hub) this.#hub = undefined;
    hub?.off("Measured");
    hub?.off("Rejected");
    hub?.off("Stopping");
    void hub?.stop();
  }

  /** A full server may name another one, which is tried once; after an interruption the first address is asked again. */
  async #startSession(openWithin?: number): Promise<void> {
    try {
      await this.#startAt(this.url, openWithin);
    } catch (error) {
      if (!(error instanceof ConnectionError) || !error.elsewhere) throw error;
      const { pathname } = new URL(this.url, location.href);
      await this.#startAt(new URL(pathname, error.elsewhere).href).catch(() => Promise.reject(error));
    }
  }

  async #startAt(url: string, openWithin?: number): Promise<void> {
    const hub = (this.#hub = this.#createHub(url));
    let started: Started;
    try {
      await inTime(hub.start(), openWithin);
      started = await inTime(hub.invoke<Started>("Start", this.#startRequest));
    } catch (error) {
      const problem = await problemOf(hub, this.url, error);
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
    // A failed attempt closes its connection, which must not start a second loop.
    if (this.#comingBack || this.#life.signal.aborted || this.#state === "connecting") return;
    this.#comingBack = true;
    this.#enter("reconnecting");
    for (let attempt = this.#firstAttempt; this.#hub?.state !== HubConnectionState.Connected; attempt++) {
      await pause(resumeDelay(attempt), this.#life.signal);
      if (this.#life.signal.aborted) return;
      const problem = await this.#startSession(openingTime(attempt)).catch((error: unknown) => error);
      if (problem instanceof ConnectionError && problem.code === "key_required") return this.#end(problem);
    }
    this.#comingBack = false;
    this.#firstAttempt = 0;
  }

  /** Time does not help, and each attempt with an old key counts against this address. */
  #end(problem: ConnectionError): void {
    this.#life.abort();
    this.#enter("stopped");
    this.listener.refused(problem);
  }

  #enter(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.listener.stateChanged(state);
  }
}
