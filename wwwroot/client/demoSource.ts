import { demoSequence, type DemoFace, type DemoIndex } from "./demoIndex.ts";
import { SourceError, type FrameSource } from "./frameSource.ts";
import { MorphSchedule } from "./morphSchedule.ts";

interface LoadedFace {
  readonly people: number;
  /** The picture with an oval edge that blends into the background. */
  readonly masked: HTMLCanvasElement;
}

interface Layer {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
}

const width = 640;
const height = 480;
/** The composites are cropped to the face, so this is also the face's share of the picture's height. */
const faceSize = Math.round(height * 0.52);
const holdSeconds = 2.6;
const fadeSeconds = 1.1;

/** Plays composites of many faces, which blend from one expression into the next; they look like a person but are not. */
export class DemoSource implements FrameSource {
  readonly kind = "demo";
  readonly mirrored = false;
  readonly maxFramesPerSecond = 30;
  readonly #picture = createLayer(width, height);
  readonly #blended = createLayer(faceSize, faceSize);
  readonly #background = createBackground();
  readonly #schedule: MorphSchedule;
  readonly #sway = window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 1;
  readonly #startedAt = performance.now();
  #caption: string | undefined;
  #frame = 0;

  private constructor(
    private readonly faces: readonly LoadedFace[],
    private readonly captionFor: (people: number) => string,
  ) {
    this.#schedule = new MorphSchedule(faces.length, holdSeconds, fadeSeconds);
    this.#play();
  }

  /** Loads the composites listed in the folder's `index.json`. */
  static async open(captionFor: (people: number) => string, folder = "/demo/"): Promise<DemoSource> {
    try {
      const response = await fetch(`${folder}index.json`);
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
      const sequence = demoSequence((await response.json()) as DemoIndex);
      return new DemoSource(await Promise.all(sequence.map((face) => load(face, folder))), captionFor);
    } catch (error) {
      throw new SourceError("demo-missing", error);
    }
  }

  get element(): HTMLCanvasElement {
    return this.#picture.canvas;
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

  /** Draws 30 pictures per second on any display, like a camera. */
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
    const { from, to, blend } = this.#schedule.at(seconds);
    const [before, after] = [this.faces[from]!, this.faces[to]!];
    this.#caption = this.captionFor((blend < 0.5 ? before : after).people);
    this.#blend(before, after, blend);
    const { context } = this.#picture;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.#background, 0, 0);
    context.translate(width / 2 + Math.sin(seconds * 0.7) * 34 * this.#sway, height / 2 + Math.sin(seconds * 1.1) * 12 * this.#sway);
    context.rotate(Math.sin(seconds * 0.9) * 0.04 * this.#sway);
    context.drawImage(this.#blended.canvas, -faceSize / 2, -faceSize / 2);
  }

  /** Adding two weighted pictures keeps the result opaque; drawing one over the other would let the background through. */
  #blend(before: LoadedFace, after: LoadedFace, blend: number): void {
    const { context } = this.#blended;
    context.clearRect(0, 0, faceSize, faceSize);
    context.globalCompositeOperation = "lighter";
    context.globalAlpha = 1 - blend;
    context.drawImage(before.masked, 0, 0);
    context.globalAlpha = blend;
    context.drawImage(after.masked, 0, 0);
  }
}

async function load({ file, people }: DemoFace, folder: string): Promise<LoadedFace> {
  const image = new Image();
  image.src = folder + file;
  await image.decode();
  const { canvas, context } = createLayer(faceSize, faceSize);
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, faceSize, faceSize);
  context.globalCompositeOperation = "destination-in";
  context.setTransform(faceSize / 2, 0, 0, faceSize / 2, faceSize / 2, faceSize / 2);
  const edge = context.createRadialGradient(0, 0, 0.88, 0, 0, 1);
  edge.addColorStop(0, "#000");
  edge.addColorStop(1, "transparent");
  context.fillStyle = edge;
  context.fillRect(-2, -2, 4, 4);
  return { people, masked: canvas };
}

/**
 * A dark background, a little lighter behind the face. Of six backgrounds and four masks, this one with the round mask
 * is the one with which every composite is read as intended; on light backgrounds surprise and anger are lost.
 */
function createBackground(): HTMLCanvasElement {
  const { canvas, context } = createLayer(width, height);
  const wall = context.createRadialGradient(width / 2, height * 0.45, 60, width / 2, height / 2, width * 0.62);
  wall.addColorStop(0, "#45474d");
  wall.addColorStop(1, "#26282e");
  context.fillStyle = wall;
  context.fillRect(0, 0, width, height);
  return canvas;
}

function createLayer(width: number, height: number): Layer {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser gives no 2D canvas.");
  return { canvas, context };
}
