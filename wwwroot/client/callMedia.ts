import { cameraProblem } from "./cameraSource.ts";
import type { SourceProblem } from "./frameSource.ts";
import type { OwnTracks } from "./peer.ts";

/** Enough to read a face, and little enough for a mesh of six. */
const video: MediaTrackConstraints = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 24 }, facingMode: "user" };

/** This person's own camera and microphone in a call; either may be missing or switched off. */
export class CallMedia {
  readonly stream = new MediaStream();
  #closed = false;

  /** @param onCameraLost Called when the camera is unplugged or its permission is withdrawn. */
  constructor(private readonly onCameraLost: () => void) {}

  /** Asks for both at once and takes what is available; returns the problem with the camera, if any. */
  async open(): Promise<SourceProblem | undefined> {
    if (!navigator.mediaDevices) return "camera-insecure";
    try {
      this.#take(await navigator.mediaDevices.getUserMedia({ audio: true, video }));
      return undefined;
    } catch (error) {
      // A refusal by the person applies to both. Otherwise one of the two may be missing.
      if (cameraProblem(error) === "camera-refused") return "camera-refused";
    }
    await this.#openMicrophone();
    return this.openCamera();
  }

  /** Switches the camera on; returns the problem, if any. */
  async openCamera(): Promise<SourceProblem | undefined> {
    if (!navigator.mediaDevices) return "camera-insecure";
    try {
      this.#take(await navigator.mediaDevices.getUserMedia({ video }));
      return undefined;
    } catch (error) {
      return cameraProblem(error);
    }
  }

  /** Switches the camera off: its light goes out, not just the picture. */
  closeCamera(): void {
    for (const track of this.stream.getVideoTracks()) this.#end(track);
  }

  set muted(value: boolean) {
    for (const track of this.stream.getAudioTracks()) track.enabled = !value;
  }

  get hasMicrophone(): boolean {
    return this.stream.getAudioTracks().length > 0;
  }

  get hasCamera(): boolean {
    return this.stream.getVideoTracks().length > 0;
  }

  /** What is sent to the others. */
  get tracks(): OwnTracks {
    return { audio: this.stream.getAudioTracks()[0] ?? null, video: this.stream.getVideoTracks()[0] ?? null };
  }

  /** Stops both, including tracks that are still being opened. */
  close(): void {
    this.#closed = true;
    for (const track of this.stream.getTracks()) this.#end(track);
  }

  async #openMicrophone(): Promise<void> {
    try {
      this.#take(await navigator.mediaDevices.getUserMedia({ audio: true }));
    } catch {
      // A call works without a microphone.
    }
  }

  #take(opened: MediaStream): void {
    for (const track of opened.getTracks()) {
      if (this.#closed) {
        track.stop();
        continue;
      }
      this.stream.addTrack(track);
      track.addEventListener("ended", () => {
        this.stream.removeTrack(track);
        if (track.kind === "video") this.onCameraLost();
      });
    }
  }

  #end(track: MediaStreamTrack): void {
    track.stop();
    this.stream.removeTrack(track);
  }
}
