import type { About } from "../../client/callContracts.ts";
import type { Emotion, FaceReading } from "../../client/contracts.ts";
import { Overlay } from "../../client/overlay.ts";
import { markAge } from "../../kit/aging.ts";
import { appearance, barNames } from "../../kit/appearance.ts";
import { create, setText } from "../../kit/elements.ts";
import { strings } from "./strings.ts";

/** How a tile's person appears: boxes over the picture, one word next to the name, or nothing. */
export interface TileReading {
  readonly dominant: Emotion | null;
  readonly text: string | undefined;
  /** Only if they may be drawn. */
  readonly faces: readonly FaceReading[] | undefined;
  /** When it was made, by this page's clock. */
  readonly at: number;
}

const barsFromPixels = 280;

/** One participant of the call: picture, name, and the readings that they share. */
export class Tile {
  readonly root = create("li", "tile");
  readonly video = create("video");
  readonly #picture = create("div", "picture");
  readonly #canvas = create("canvas");
  readonly #initials = create("span", "initials");
  readonly #name = create("b");
  readonly #badge = create("span", "badge");
  readonly #muted = create("span", "muted", strings.muted);
  readonly #private = create("span", "private", strings.onlyYou);
  readonly #link = create("span", "link-state", strings.linkLost);
  readonly #overlay: Overlay;
  readonly #caption = create("p", "tile-caption");
  #readAt = -Infinity;

  constructor(
    readonly name: string,
    /** This person's own tile is mirrored and muted. */
    own = false,
  ) {
    this.#overlay = new Overlay(this.#canvas, () => ({
      mirrored: own,
      // On a small tile the bars would cover the face.
      bars: this.#canvas.clientWidth >= barsFromPixels,
      heatmap: false,
      caption: (face) => appearance(face.reading),
      barName: (index) => barNames[index] ?? "",
    }));
    this.root.dataset["testid"] = "tile";
    this.root.classList.toggle("own", own);
    this.#name.textContent = own ? strings.you(name) : name;
    this.#initials.textContent = initialsOf(name);
    this.#initials.ariaHidden = this.#canvas.ariaHidden = "true";
    this.#badge.dataset["testid"] = "tile-reading";
    this.#link.hidden = true;
    this.video.muted = own;
    this.video.autoplay = true;
    this.video.playsInline = true;
    this.video.addEventListener("resize", () => this.#fit());
    this.#picture.append(this.video, this.#canvas);
    this.#caption.append(this.#name, this.#muted, this.#badge, this.#private);
    this.root.append(this.#picture, this.#initials, this.#link, this.#caption);
    this.showAbout({ camera: false, microphone: true, session: undefined });
    this.showReading(undefined);
    this.onlyOwn = false;
  }

  /** Adds a button to the caption, and the element that it opens. */
  add(button: HTMLButtonElement, opened: HTMLElement): void {
    this.#caption.append(button);
    this.root.append(opened);
  }

  play(stream: MediaStream): void {
    if (this.video.srcObject !== stream) this.video.srcObject = stream;
    void this.video.play().catch(() => undefined);
  }

  showAbout({ camera, microphone }: About): void {
    this.root.dataset["camera"] = camera ? "on" : "off";
    this.root.dataset["microphone"] = microphone ? "on" : "off";
    this.#muted.hidden = microphone;
  }

  showConnected(connected: boolean): void {
    this.root.dataset["link"] = connected ? "connected" : "lost";
    this.#link.hidden = connected;
  }

  /** Shows how the person appears now; undefined removes it from the tile immediately. */
  showReading(reading: TileReading | undefined): void {
    this.root.dataset["dominant"] = reading?.dominant ?? "";
    this.root.style.setProperty("--emotion", reading?.dominant ? `var(--${reading.dominant})` : "transparent");
    this.#badge.hidden = !reading?.text;
    // If the overlay shows it, the words next to the name are for screen readers only.
    this.#badge.classList.toggle("sr-only", reading?.faces !== undefined);
    setText(this.#badge, reading?.text ?? "");
    this.#readAt = reading?.at ?? -Infinity;
    if (reading?.faces) this.#draw(reading.faces, reading.at);
    else this.#wipe();
  }

  /** Fades as its reading ages, and then shows none. */
  age(now: number): void {
    if (this.#readAt !== -Infinity && markAge(this.root, now - this.#readAt) === "gone") this.showReading(undefined);
  }

  /** Notes on this person's own tile that others don't see the reading. */
  set onlyOwn(value: boolean) {
    this.#private.hidden = !value;
  }

  remove(): void {
    this.#wipe();
    this.video.srcObject = null;
    this.root.remove();
  }

  #draw(faces: readonly FaceReading[], capturedAt: number): void {
    if (this.root.dataset["overlay"] !== "on") this.#overlay.start();
    this.root.dataset["overlay"] = "on";
    this.#overlay.show({ faces, capturedAt });
  }

  #wipe(): void {
    if (this.root.dataset["overlay"] !== "off") this.#overlay.stop();
    this.root.dataset["overlay"] = "off";
  }

  /** Keeps the picture's aspect ratio, so that boxes match the faces. */
  #fit(): void {
    const { videoWidth, videoHeight } = this.video;
    if (videoHeight > 0) this.#picture.style.setProperty("--shape", String(videoWidth / videoHeight));
  }
}

/** "AL" for Ada Lovelace. */
function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== "");
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? "")][0] ?? "").join("").toUpperCase();
}
