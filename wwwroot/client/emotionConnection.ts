import { HttpTransportType, HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";
import type { Measured, Rejected, Started, StartRequest } from "./contracts.ts";
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

/** The server can't be reached, or it answered and said no. */
export class ConnectionError extends Error {
  constructor(
    readonly problem: "unreachable" | "refused",
    message: string,
    /** The server's word for its reason, such as `purpose_refused`; empty if it gave none. */
    readonly code: string,
    cause: unknown,
  ) {
    super(message, { cause });
    this.name = "ConnectionError";
  }
}

/** How long a goodbye may take before the socket is closed without it. */
const goodbyeMilliseconds = 500;

/**
 * One session on CameraHub. After a broken connection it comes back by itself, with the resume token, so that face ids
 * and what the model remembers of each face live on.
 */
export class EmotionConnection {
  readonly #hub: HubConnection;
  readonly #life = new AbortController();
  #resumeToken: string | undefined;
  #state: ConnectionState = "stopped";
  #comingBack = false;

  constructor(
    private readonly request: StartRequest,
    private readonly listener: ConnectionListener,
    url = "/hubs/camera",
  ) {
    this.#hub = new HubConnectionBuilder()
      .withUrl(url, { transport: HttpTransportType.WebSockets, skipNegotiation: true })
      .withHubProtocol(new MessagePackHubProtocol())
      .configureLogging(LogLevel.None)
      .build();
    this.#hub.on("Measured", (measured: Measured) => listener.measured(measured));
    this.#hub.on("Rejected", (rejected: Rejected) => listener.rejected(rejected));
    // The server closes the connection right after this; coming back is then the same as after any break.
    this.#hub.on("Stopping", () => this.#enter("reconnecting"));
    this.#hub.onclose(() => void this.#comeBack());
  }

  get running(): boolean {
    return this.#state === "running";
  }

  /** Connects and starts a session, or throws a ConnectionError. */
  async start(): Promise<void> {
    this.#enter("connecting");
    try {
      await this.#startSession();
    } catch (error) {
      this.#life.abort();
      await this.#hub.stop();
      this.#enter("stopped");
      throw error;
    }
  }

  /** Sends a frame without waiting; its answer comes as Measured or Rejected. */
  submit(sequence: number, capturedAt: number, jpeg: Uint8Array): void {
    // A send fails only when the connection breaks, which onclose sees too.
    this.#hub.send("SubmitFrame", sequence, capturedAt, jpeg).catch(() => undefined);
  }

  /** Gives up a connection that no longer answers; a new one follows. */
  async restart(): Promise<void> {
    if (this.running) await this.#hub.stop();
  }

  async stop(): Promise<void> {
    this.#life.abort();
    this.#enter("stopped");
    if (this.#hub.state === HubConnectionState.Connected) {
      const goodbye = this.#hub.invoke("Stop").catch(() => undefined);
      await Promise.race([goodbye, pause(goodbyeMilliseconds)]);
    }
    await this.#hub.stop();
  }

  async #startSession(): Promise<void> {
    try {
      await this.#hub.start();
    } catch (error) {
      throw new ConnectionError("unreachable", "The server can't be reached.", "", error);
    }
    const request = this.#resumeToken ? { ...this.request, resumeToken: this.#resumeToken } : this.request;
    let started: Started;
    try {
      started = await this.#hub.invoke<Started>("Start", request);
    } catch (error) {
      throw refusal(error);
    }
    if (this.#life.signal.aborted) return;
    this.#resumeToken = started.resumeToken;
    this.listener.started(started);
    this.#enter("running");
  }

  async #comeBack(): Promise<void> {
    // A failed try closes the connection again, which must not begin a second series of tries.
    if (this.#comingBack || this.#life.signal.aborted || this.#state === "connecting") return;
    this.#comingBack = true;
    this.#enter("reconnecting");
    for (let attempt = 0; this.#hub.state !== HubConnectionState.Connected; attempt++) {
      await pause(resumeDelay(attempt), this.#life.signal);
      if (this.#life.signal.aborted) return;
      await this.#startSession().catch(() => this.#hub.stop());
    }
    this.#comingBack = false;
  }

  #enter(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.listener.stateChanged(state);
  }
}

/** The hub says "code: sentence", and the client library puts its own words and "HubException: " before it. */
function refusal(error: unknown): ConnectionError {
  const message = error instanceof Error ? error.message : String(error);
  const said = message.split("HubException: ").at(-1) ?? message;
  const [, code = "", sentence = said] = /^([a-z_]+): (.+)$/s.exec(said) ?? [];
  return new ConnectionError("refused", sentence, code, error);
}
