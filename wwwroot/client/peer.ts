import type { CallSignal } from "./callContracts.ts";

/** The tracks that this browser sends to everybody in the call; null if switched off. */
export interface OwnTracks {
  readonly audio: MediaStreamTrack | null;
  readonly video: MediaStreamTrack | null;
}

export interface PeerOptions {
  readonly iceServers: readonly RTCIceServer[];
  /** A newcomer makes the offers to those already in the call. */
  readonly initiates: boolean;
  /** When offers collide, the polite side rolls back its own. */
  readonly polite: boolean;
  readonly tracks: OwnTracks;
  readonly send: (signal: CallSignal) => void;
  readonly onConnected: (connected: boolean) => void;
}

/** After an interruption this long, ICE is restarted; browsers would wait three times as long. */
const restartAfterMilliseconds = 5000;

/** Enough for a face at 640x480; a person in a call of six sends five times this. */
const maxVideoBitsPerSecond = 600_000;

/**
 * Sound and picture to and from one other participant. Both sides always have one transceiver for each, with or without a
 * camera, so that switching a track needs no renegotiation; colliding offers are resolved by WebRTC's "perfect negotiation".
 */
export class Peer {
  readonly stream = new MediaStream();
  readonly #connection: RTCPeerConnection;
  #tracks: OwnTracks;
  /** Signals are handled one after another, since most are asynchronous. */
  #work: Promise<void> = Promise.resolve();
  #offering = false;
  #ignoresOffer = false;
  #restart = 0;

  constructor(private readonly options: PeerOptions) {
    this.#tracks = options.tracks;
    const connection = (this.#connection = new RTCPeerConnection({ iceServers: [...options.iceServers] }));
    connection.ontrack = ({ track }) => this.stream.addTrack(track);
    connection.onicecandidate = ({ candidate }) => candidate && options.send({ candidate: candidate.toJSON() });
    connection.onnegotiationneeded = () => void this.#offer();
    connection.onconnectionstatechange = () => this.#connectionChanged();
    if (options.initiates) {
      for (const kind of ["audio", "video"]) connection.addTransceiver(kind);
      void this.#attach();
    }
  }

  /** Replaces the tracks immediately, without renegotiation. */
  send(tracks: OwnTracks): void {
    this.#tracks = tracks;
    void this.#attach();
  }

  receive(signal: CallSignal): void {
    this.#work = this.#work.then(() => this.#take(signal)).catch(() => undefined);
  }

  /** After lost signals: repeats an unanswered offer, or restarts ICE if there is no connection. */
  settle(): void {
    const { signalingState, localDescription, connectionState } = this.#connection;
    if (signalingState === "have-local-offer" && localDescription) this.options.send({ description: localDescription.toJSON() });
    else if (connectionState === "disconnected" || connectionState === "failed") this.#restartIce();
  }

  close(): void {
    window.clearTimeout(this.#restart);
    this.#connection.onconnectionstatechange = null;
    this.#connection.close();
    for (const track of this.stream.getTracks()) track.stop();
  }

  async #take({ description, candidate, restart }: CallSignal): Promise<void> {
    if (restart && !this.options.polite) this.#connection.restartIce();
    if (description) await this.#takeDescription(description);
    if (candidate) {
      try {
        await this.#connection.addIceCandidate(candidate);
      } catch (error) {
        // Candidates of an ignored offer can't be added.
        if (!this.#ignoresOffer) throw error;
      }
    }
  }

  async #takeDescription(description: RTCSessionDescriptionInit): Promise<void> {
    const connection = this.#connection;
    const crossing = description.type === "offer" && (this.#offering || connection.signalingState !== "stable");
    this.#ignoresOffer = crossing && !this.options.polite;
    if (this.#ignoresOffer) return;
    // Rolls back this side's own offer, if any.
    await connection.setRemoteDescription(description);
    if (description.type !== "offer") return;
    for (const transceiver of connection.getTransceivers()) transceiver.direction = "sendrecv";
    await this.#attach();
    await connection.setLocalDescription();
    this.#sendDescription();
  }

  async #offer(): Promise<void> {
    try {
      this.#offering = true;
      await this.#connection.setLocalDescription();
      this.#sendDescription();
    } catch {
      // The other side's offer came first, and its answer covers this one.
    } finally {
      this.#offering = false;
    }
  }

  #sendDescription(): void {
    const description = this.#connection.localDescription;
    if (description) this.options.send({ description: description.toJSON() });
  }

  async #attach(): Promise<void> {
    const senders = this.#connection.getTransceivers().map(({ sender, receiver }) => ({ sender, kind: receiver.track.kind }));
    await Promise.all(senders.map(({ sender, kind }) => sender.replaceTrack(kind === "audio" ? this.#tracks.audio : this.#tracks.video)));
  }

  #connectionChanged(): void {
    const connection = this.#connection;
    const connected = connection.connectionState === "connected";
    window.clearTimeout(this.#restart);
    if (connected) void this.#limitBitrate().catch(() => undefined);
    else if (connection.connectionState === "failed") this.#restartIce();
    else if (connection.connectionState === "disconnected") this.#restart = window.setTimeout(() => this.#restartIce(), restartAfterMilliseconds);
    this.options.onConnected(connected);
  }

  /** Both sides notice a lost connection. Only one restarts ICE: after colliding offers Chromium sometimes sent no pictures. */
  #restartIce(): void {
    if (this.options.polite) this.options.send({ restart: true });
    else this.#connection.restartIce();
  }

  async #limitBitrate(): Promise<void> {
    for (const { sender, receiver } of this.#connection.getTransceivers()) {
      if (receiver.track.kind !== "video") continue;
      const parameters = sender.getParameters();
      for (const encoding of parameters.encodings) encoding.maxBitrate = maxVideoBitsPerSecond;
      await sender.setParameters(parameters);
    }
  }
}
