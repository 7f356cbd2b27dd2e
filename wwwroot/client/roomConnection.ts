import type { HubConnection } from "@microsoft/signalr";
import type { ConnectionState } from "./emotionConnection.ts";
import { ConnectionError, createHub, goodbyeMilliseconds, inTime, problemOf, refusal } from "./hub.ts";
import { pause } from "./pause.ts";
import { openingTime, resumeDelay } from "./resumePolicy.ts";
import type { RoomUpdate, WatchRequest } from "./roomContracts.ts";

/** Callbacks of a watched room. */
export interface RoomListener {
  stateChanged(state: ConnectionState): void;
  updated(update: RoomUpdate): void;
  /** The server refused; watching has ended. */
  refused(error: ConnectionError): void;
}

/** The server says something at least once per second, so a connection that is silent for this long is dead, whatever the socket says. */
const silentMilliseconds = 4000;

/** Temporary refusals, which are retried. */
const passing: ReadonlySet<string> = new Set(["busy", "stopping"]);

/** Watches a room on RoomHub until it is stopped, and reconnects as often as necessary. */
export class RoomConnection {
  readonly #life = new AbortController();
  #state: ConnectionState = "stopped";
  #hub: HubConnection | undefined;
  #failures = 0;

  constructor(
    private readonly request: WatchRequest,
    private readonly listener: RoomListener,
    private readonly url = "/hubs/room",
    /** Called on each new connection before watching starts. */
    private readonly enter?: (hub: HubConnection) => Promise<void>,
  ) {}

  /** Runs until stopped or refused; never throws. */
  async run(): Promise<void> {
    this.#show("connecting");
    while (!this.#life.signal.aborted) {
      const problem = await this.#watch();
      if (this.#life.signal.aborted) break;
      if (problem.problem === "refused" && !passing.has(problem.code)) {
        void this.stop();
        this.listener.refused(problem);
        break;
      }
      this.#show("reconnecting");
      await pause(resumeDelay(this.#failures++), this.#life.signal);
    }
  }

  /** Stops immediately; `goodbye` is a hub method to call first, if connected. */
  async stop(goodbye?: string): Promise<void> {
    this.#life.abort();
    this.#show("stopped");
    const hub = this.#hub;
    if (goodbye && hub) await Promise.race([hub.invoke(goodbye).catch(() => undefined), pause(goodbyeMilliseconds)]);
    void hub?.stop();
  }

  /** Watches on one connection; returns why it ended. */
  async #watch(): Promise<ConnectionError> {
    const hub = (this.#hub = createHub(this.url));
    hub.serverTimeoutInMilliseconds = silentMilliseconds;
    try {
      await inTime(hub.start(), openingTime(this.#failures));
      await this.enter?.(hub);
      return await this.#listen(hub);
    } catch (error) {
      return await problemOf(hub, this.url, error);
    } finally {
      void hub.stop();
    }
  }

  #listen(hub: HubConnection): Promise<ConnectionError> {
    return new Promise((resolve) => {
      const ended = (error?: unknown) =>
        resolve(new ConnectionError("unreachable", "The connection to the server broke.", "", error));
      hub.onclose(ended);
      hub.stream<RoomUpdate>("Watch", this.request).subscribe({
        next: (update) => this.#updated(update),
        // A broken connection ends the stream just before onclose; otherwise the server refused.
        error: (error: unknown) => setTimeout(() => resolve(refusal(error))),
        complete: () => ended(),
      });
    });
  }

  #updated(update: RoomUpdate): void {
    if (this.#life.signal.aborted) return;
    this.#failures = 0;
    this.#show("running");
    this.listener.updated(update);
  }

  #show(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.listener.stateChanged(state);
  }
}
