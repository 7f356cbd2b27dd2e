import type { HubConnection } from "@microsoft/signalr";
import type { ConnectionState } from "./emotionConnection.ts";
import { ConnectionError, createHub, goodbyeMilliseconds, inTime, problemOf, refusal } from "./hub.ts";
import { pause } from "./pause.ts";
import { resumeDelay } from "./resumePolicy.ts";
import type { RoomUpdate, WatchRequest } from "./roomContracts.ts";

/** Told what happens in a room that is watched. */
export interface RoomListener {
  stateChanged(state: ConnectionState): void;
  updated(update: RoomUpdate): void;
  /** The server said no; nothing follows. */
  refused(error: ConnectionError): void;
}

/** Updates come at least once a second: a connection that is silent for this long is dead, whatever the socket says. */
const silentMilliseconds = 8000;

/** Refusals that pass by themselves: the viewer waits its turn. */
const passing: ReadonlySet<string> = new Set(["busy", "stopping"]);

/** Watches a room on RoomHub until it is stopped; a broken connection is made again for as long as it takes. */
export class RoomConnection {
  readonly #life = new AbortController();
  #state: ConnectionState = "stopped";
  #hub: HubConnection | undefined;
  #failures = 0;

  constructor(
    private readonly request: WatchRequest,
    private readonly listener: RoomListener,
    private readonly url = "/hubs/room",
    /** Said on each new connection before the watching begins. */
    private readonly enter?: (hub: HubConnection) => Promise<void>,
  ) {}

  /** Runs until the room is left or the server says no; never throws. */
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

  /** Ends at once; `goodbye` is a method of the hub that is still called, if there is a connection to call it on. */
  async stop(goodbye?: string): Promise<void> {
    this.#life.abort();
    this.#show("stopped");
    const hub = this.#hub;
    if (goodbye && hub) await Promise.race([hub.invoke(goodbye).catch(() => undefined), pause(goodbyeMilliseconds)]);
    void hub?.stop();
  }

  /** One connection's life; answers why it ended. */
  async #watch(): Promise<ConnectionError> {
    const hub = (this.#hub = createHub(this.url));
    hub.serverTimeoutInMilliseconds = silentMilliseconds;
    try {
      await inTime(hub.start());
      await this.enter?.(hub);
      return await this.#listen(hub);
    } catch (error) {
      return problemOf(hub, error);
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
        // A broken connection ends the stream too, a moment before it is known as broken; without a break it was the server's no.
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
