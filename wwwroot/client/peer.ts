import type { CallSignal } from "./callContracts.ts";

/** What this browser sends to everybody in the call; nothing in place of a track that is switched off. */
export interface OwnTracks {
  readonly audio: MediaStreamTrack | null;
  readonly video: MediaStreamTrack | null;
}

export interface PeerOptions {
  readonly iceServers: readonly RTCIceServer[];
  /** Whoever comes into the call makes the offer to those who are in it. */
  readonly initiates: boolean;
  /** When both offer at once, the polite one takes its own offer back. */
  readonly polite: boolean;
  readonly tracks: OwnTracks;
  readonly send: (signal: CallSignal) => void;
  readonly onConnected: (connected: boolean) => void;
}

/** A break this long is no hiccup of the network; browsers would wait three times as long before they look for another way. */
const restartAfterMilliseconds = 5000;

/** Enough for a face at 640x480, and five times that is what one person in a call of six sends. */
const maxVideoBitsPerSecond = 600_000;

/**
 * Sound and picture to and from one other participant. Both ends always have one line for each, with or without a camera, so
 * that switching a track never needs an agreement; offers that cross are settled as WebRTC's "perfect negotiation" does.
 */
export class Peer {
  readonly stream = new MediaStream();
  readonly #connection: RTCPeerConnection;
  #tracks: OwnTracks;
  /** Signals are taken one after the other: most of what they ask for takes a while. */
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

  /** Sends other tracks than before, at once and without a new agreement. */
  send(tracks: OwnTracks): void {
    this.#tracks = tracks;
    void this.#attach();
  }

  receive(signal: CallSignal): void {
    this.#work = this.#work.then(() => this.#take(signal)).catch(() => undefined);
  }

  /** Signals were lost, this side's or the other's: says again what is still unanswered, and looks for a way if there is none. */
  settle(): void {
    const { signalingState, localDescription, connectionState } = this.#connection;
    if (signalingState === "have-local-offer" && localDescription) this.options.send({ description: localDescription.toJSON() });
    else if (connectionState === "disconnected" || connectionState === "failed") this.#seekWay();
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
        // Candidates of an offer that was ignored have nowhere to go.
        if (!this.#ignoresOffer) throw error;
      }
    }
  }

  async #takeDescription(description: RTCSessionDescriptionInit): Promise<void> {
    const connection = this.#connection;
    const crossing = description.type === "offer" && (this.#offering || connection.signalingState !== "stable");
    this.#ignoresOffer = crossing && !this.options.polite;
    if (this.#ignoresOffer) return;
    // Takes this side's own offer back, if there is one.
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
      // The other side's offer came first; its answer says all that this one would have.
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
    else if (connection.connectionState === "failed") this.#seekWay();
    else if (connection.connectionState === "disconnected") this.#restart = window.setTimeout(() => this.#seekWay(), restartAfterMilliseconds);
    this.options.onConnected(connected);
  }

  /** A lost way is noticed by both ends at once. One of them looks for a new one: where both offered, Chromium sometimes sent no pictures afterwards. */
  #seekWay(): void {
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
