import type { HubConnection } from "@microsoft/signalr";
import { readSignal, type About, type CallSignal, type IceServer, type JoinedRoom, type JoinRequest, type Participant } from "./callContracts.ts";
import type { ConnectionState } from "./emotionConnection.ts";
import { inTime, leaveWithPage, type ConnectionError } from "./hub.ts";
import { Peer, type OwnTracks } from "./peer.ts";
import { RoomConnection } from "./roomConnection.ts";
import type { RoomUpdate } from "./roomContracts.ts";

/** Callbacks of a call. */
export interface CallListener {
  stateChanged(state: ConnectionState): void;
  /** Somebody else is in the call; their sound and picture come through the stream. */
  joined(participant: Participant, stream: MediaStream): void;
  left(id: string): void;
  /** What a participant says about themselves, at the start and on every change. */
  told(id: string, about: About): void;
  /** Whether sound and picture get through. */
  connected(id: string, connected: boolean): void;
  /** The room's readings, ten times a second. */
  updated(update: RoomUpdate): void;
  /** The server refused, on joining or later; the call is over. */
  refused(error: ConnectionError): void;
}

interface Other {
  readonly participant: Participant;
  readonly peer: Peer;
}

/** Updates per second: readings are drawn over moving pictures. */
const rateHz = 10;

/**
 * A room's call: participants send sound and picture to each other directly; the server only relays the signaling. A lost
 * connection is restored automatically to the same place, without interrupting sound and picture if those got through.
 */
export class Call {
  readonly #connection: RoomConnection;
  readonly #life = new AbortController();
  readonly #others = new Map<string, Other>();
  #hub: HubConnection | undefined;
  #self = "";
  #resumeToken: string | undefined;
  #iceServers: readonly RTCIceServer[] = [];
  #tracks: OwnTracks = { audio: null, video: null };
  #about: About = { camera: false, microphone: false, session: undefined };

  constructor(
    private readonly request: JoinRequest,
    private readonly listener: CallListener,
    url = "/hubs/room",
  ) {
    leaveWithPage(url, () => this.#resumeToken, this.#life.signal);
    this.#connection = new RoomConnection(
      { room: request.room, rateHz },
      {
        stateChanged: (state) => listener.stateChanged(state),
        updated: (update) => listener.updated(update),
        refused: (error) => {
          this.#end();
          listener.refused(error);
        },
      },
      url,
      (hub) => this.#enter(hub),
    );
  }

  /** Joins the call, until it is left or the server refuses; the listener is notified of the rest. */
  join(): void {
    void this.#connection.run();
  }

  /** Sets what the others see and hear from now on, and what this participant says about it. */
  show(tracks: OwnTracks, about: About): void {
    this.#tracks = tracks;
    this.#about = about;
    for (const [id, { peer }] of this.#others) {
      peer.send(tracks);
      this.#signal(id, { about });
    }
  }

  /** Leaves immediately, then tells the server. */
  leave(): Promise<void> {
    this.#end();
    return this.#connection.stop("Leave");
  }

  async #enter(hub: HubConnection): Promise<void> {
    this.#hub = hub;
    const request = this.#resumeToken ? { ...this.request, resumeToken: this.#resumeToken } : this.request;
    const entered = inTime(hub.invoke<JoinedRoom>("Join", request)).then((joined) => this.#entered(joined));
    // Messages of others may arrive before the server's answer; they are handled after it.
    const afterwards = (take: () => void) => void entered.then(take, () => undefined);
    hub.on("Joined", (participant: Participant) => afterwards(() => this.#add(participant, false)));
    hub.on("Left", (id: string) => afterwards(() => this.#remove(id)));
    hub.on("Signalled", (from: string, payload: string) => afterwards(() => this.#signaled(from, readSignal(payload))));
    await entered;
  }

  #entered({ id, resumeToken, resumed, others, iceServers }: JoinedRoom): void {
    if (!resumed) this.#empty();
    this.#self = id;
    this.#resumeToken = resumeToken;
    this.#iceServers = iceServers.map(rtcServer);
    const present = new Set(others.map((other) => other.id));
    for (const known of this.#others.keys()) if (!present.has(known)) this.#remove(known);
    for (const other of others) {
      this.#add(other, !resumed);
      if (resumed) this.#settle(other.id, { back: true });
    }
  }

  /** Sends again what the other side may have missed. */
  #settle(id: string, signal: CallSignal): void {
    this.#signal(id, { ...signal, about: this.#about });
    this.#others.get(id)?.peer.settle();
  }

  #signaled(from: string, signal: CallSignal): void {
    const other = this.#others.get(from);
    if (!other) return;
    if (signal.about) this.listener.told(from, signal.about);
    if (signal.back) this.#settle(from, {});
    other.peer.receive(signal);
  }

  #add(participant: Participant, initiates: boolean): void {
    const { id } = participant;
    if (this.#others.has(id)) return;
    const peer = new Peer({
      iceServers: this.#iceServers,
      initiates,
      polite: this.#self < id,
      tracks: this.#tracks,
      send: (signal) => this.#signal(id, signal),
      onConnected: (connected) => this.listener.connected(id, connected),
    });
    this.#others.set(id, { participant, peer });
    this.listener.joined(participant, peer.stream);
    this.#signal(id, { about: this.#about });
  }

  #remove(id: string): void {
    this.#others.get(id)?.peer.close();
    if (this.#others.delete(id)) this.listener.left(id);
  }

  #end(): void {
    this.#life.abort();
    this.#empty();
  }

  #empty(): void {
    for (const id of [...this.#others.keys()]) this.#remove(id);
  }

  /** What can't be sent now is sent again when the connection is back. */
  #signal(to: string, signal: CallSignal): void {
    void this.#hub?.send("Signal", to, JSON.stringify(signal)).catch(() => undefined);
  }
}

/** Leaves out what is null, which browsers reject. */
function rtcServer({ urls, username, credential }: IceServer): RTCIceServer {
  return { urls, ...(username === null ? {} : { username }), ...(credential === null ? {} : { credential }) };
}
