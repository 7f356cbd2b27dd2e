import { demoSequence, type DemoFace, type DemoIndex } from "./demoIndex.ts";
import { SourceError, type FrameSource } from "./frameSource.ts";
import { MorphSchedule, type Morph } from "./morphSchedule.ts";

interface LoadedFace {
  readonly face: DemoFace;
  /** The picture with an oval edge that melts into the background. */
  readonly masked: HTMLCanvasElement;
}

const width = 640;
const height = 480;
/** The composites are cropped to the face, so this is also the face's share of the picture's height. */
const faceHeight = height * 0.52;
const holdSeconds = 2.6;
const fadeSeconds = 1.1;

/** Plays composites of many faces, melting from one expression to the next; they look like a person and are nobody. */
export class DemoSource implements FrameSource {
  readonly kind = "demo";
  readonly mirrored = false;
  readonly maxFramesPerSecond = 30;
  readonly element = document.createElement("canvas");
  readonly #context: CanvasRenderingContext2D;
  readonly #background: CanvasGradient;
  readonly #blended = document.createElement("canvas");
  readonly #schedule: MorphSchedule;
  readonly #still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  readonly #startedAt = performance.now();
  #caption: string | undefined;
  #frame = 0;

  private constructor(
    private readonly faces: readonly LoadedFace[],
    private readonly captionFor: (count: number) => string,
  ) {
    const context = this.element.getContext("2d", { alpha: false });
    if (!context) throw new SourceError("demo-missing");
    this.#context = context;
    this.element.width = width;
    this.element.height = height;
    this.#background = createBackground(context);
    this.#schedule = new MorphSchedule(faces.length, holdSeconds, fadeSeconds);
    this.#blended.width = this.#blended.height = Math.round(faceHeight);
    this.#play();
  }

  /** Loads the composites that `index.json` in the folder names. */
  static async open(captionFor: (count: number) => string, folder = "/demo/"): Promise<DemoSource> {
    try {
      const response = await fetch(`${folder}index.json`);
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
      const sequence = demoSequence((await response.json()) as DemoIndex);
      const faces = await Promise.all(sequence.map((face) => load(face, folder)));
      return new DemoSource(faces, captionFor);
    } catch (error) {
      throw new SourceError("demo-missing", error);
    }
  }

  get caption(): string | undefined {
    return this.#caption;
  }

  get ready(): boolean {
    return this.#frame !== 0;
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  /** Draws at 30 pictures a second on any display: it plays a camera, and more would only cost. */
  #play(): void {
    let drawn = -Infinity;
    const draw = () => {
      const now = performance.now();
      if (now - drawn > 1000 / this.maxFramesPerSecond - 4) {
        this.#draw((now - this.#startedAt) / 1000);
        drawn = now;
      }
      this.#frame = requestAnimationFrame(draw);
    };
    draw();
  }

  #draw(seconds: number): void {
    const morph = this.#schedule.at(seconds);
    this.#blend(morph);
    const face = this.faces[morph.blend < 0.5 ? morph.from : morph.to];
    this.#caption = face && this.captionFor(face.face.people);
    const context = this.#context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = this.#background;
    context.fillRect(0, 0, width, height);
    const sway = this.#still ? 0 : 1;
    context.translate(width / 2 + Math.sin(seconds * 0.7) * 34 * sway, height / 2 + Math.sin(seconds * 1.1) * 12 * sway);
    context.rotate(Math.sin(seconds * 0.9) * 0.04 * sway);
    context.drawImage(this.#blended, -faceHeight / 2, -faceHeight / 2, faceHeight, faceHeight);
  }

  /** Adding two weighted pictures keeps their sum fully opaque, where drawing one over the other would let the background through. */
  #blend(morph: Morph): void {
    const context = this.#blended.getContext("2d");
    const from = this.faces[morph.from];
    const to = this.faces[morph.to];
    if (!context || !from || !to) return;
    const size = this.#blended.width;
    context.clearRect(0, 0, size, size);
    context.globalCompositeOperation = "lighter";
    context.globalAlpha = 1 - morph.blend;
    context.drawImage(from.masked, 0, 0, size, size);
    context.globalAlpha = morph.blend;
    context.drawImage(to.masked, 0, 0, size, size);
  }
}

/** A wall, a little lighter behind the face; its greys are near the composites' own edges, so that these don't show. */
function createBackground(context: CanvasRenderingContext2D): CanvasGradient {
  const background = context.createRadialGradient(width / 2, height * 0.45, 60, width / 2, height / 2, width * 0.62);
  background.addColorStop(0, "#94969c");
  background.addColorStop(1, "#62656d");
  return background;
}

async function load(face: DemoFace, folder: string): Promise<LoadedFace> {
  const image = new Image();
  image.src = folder + face.file;
  await image.decode();
  const size = Math.round(faceHeight);
  const masked = document.createElement("canvas");
  masked.width = masked.height = size;
  const context = masked.getContext("2d");
  if (!context) throw new Error("This browser gives no 2D canvas.");
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, size, size);
  context.globalCompositeOperation = "destination-in";
  context.setTransform(size * 0.46, 0, 0, size * 0.5, size / 2, size / 2);
  const edge = context.createRadialGradient(0, 0, 0.8, 0, 0, 1);
  edge.addColorStop(0, "#000");
  edge.addColorStop(1, "transparent");
  context.fillStyle = edge;
  context.fillRect(-2, -2, 4, 4);
  return { face, masked };
}
