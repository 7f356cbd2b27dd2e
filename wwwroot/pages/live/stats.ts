import type { Measured, Rejected, Timings } from "../../client/contracts.ts";
import { create, element, setText } from "../../kit/elements.ts";
import { fixed, type Digits } from "../../kit/numbers.ts";
import { LatencyWindow } from "./latencyWindow.ts";
import { strings } from "./strings.ts";

export interface Sending {
  readonly framesPerSecond: number;
  readonly skipped: number;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
}

const stageNames = Object.keys(strings.stages) as (keyof Timings)[];

/** Figures are updated twice per second; faster can't be read. */
const writeMilliseconds = 500;
const rateMilliseconds = 2000;

/** The figures below the picture: rate, delay, drops and the server's stage times. */
export class Stats {
  readonly #latency = new LatencyWindow();
  readonly #stages = new Map(stageNames.map((stage) => [stage, new LatencyWindow(60)]));
  readonly #fields = {
    fps: element("fps", HTMLElement),
    fpsHint: element("fps-hint", HTMLElement),
    latency: element("latency", HTMLElement),
    latencyP95: element("latency-p95", HTMLElement),
    drops: element("drops", HTMLElement),
    dropsHint: element("drops-hint", HTMLElement),
    sent: element("sent", HTMLElement),
    sentHint: element("sent-hint", HTMLElement),
    total: element("stages-total", HTMLElement),
  };
  readonly #stageViews = createStageViews();
  #answeredAt: number[] = [];
  #superseded = 0;
  #refused = 0;
  #timer = 0;

  measured(measured: Measured, latency: number): void {
    this.#latency.add(latency);
    this.#answeredAt.push(performance.now());
    for (const [stage, window] of this.#stages) window.add(measured.timings[stage]);
  }

  rejected(rejected: Rejected): void {
    if (rejected.reason === "superseded") this.#superseded++;
    else this.#refused++;
  }

  start(sending: () => Sending): void {
    this.stop();
    this.#latency.clear();
    for (const window of this.#stages.values()) window.clear();
    this.#answeredAt = [];
    this.#superseded = this.#refused = 0;
    this.#write(sending());
    this.#timer = window.setInterval(() => this.#write(sending()), writeMilliseconds);
  }

  stop(): void {
    window.clearInterval(this.#timer);
  }

  #write(sending: Sending): void {
    const since = performance.now() - rateMilliseconds;
    this.#answeredAt = this.#answeredAt.filter((at) => at >= since);
    const { fps, fpsHint, latency, latencyP95, drops, dropsHint, sent, sentHint } = this.#fields;
    setText(fps, fixed(this.#answeredAt.length / (rateMilliseconds / 1000), 1));
    setText(fpsHint, strings.fpsHint(Math.round(sending.framesPerSecond)));
    setText(latency, milliseconds(this.#latency.quantile(0.5), 0));
    setText(latencyP95, milliseconds(this.#latency.quantile(0.95), 0));
    setText(drops, String(this.#superseded + this.#refused));
    setText(dropsHint, strings.dropsDetail(this.#superseded, this.#refused, sending.skipped));
    setText(sent, sending.width > 0 ? `${sending.width} × ${sending.height}` : "–");
    setText(sentHint, sending.bytes > 0 ? strings.sentHint(fixed(sending.bytes / 1024, 0)) : "");
    this.#writeStages();
  }

  #writeStages(): void {
    const medians = stageNames.map((stage) => this.#stages.get(stage)?.quantile(0.5));
    const total = medians.reduce<number>((sum, value) => sum + (value ?? 0), 0);
    setText(this.#fields.total, total > 0 ? milliseconds(total, 1) : "");
    this.#stageViews.forEach((view, index) => {
      view.part.style.flexGrow = String(total > 0 ? (medians[index] ?? 0) / total : 0);
      setText(view.value, milliseconds(medians[index], 1));
    });
  }
}

function createStageViews(): { part: HTMLElement; value: HTMLElement }[] {
  const bar = element("stage-bar", HTMLElement);
  const list = element("stage-list", HTMLElement);
  return stageNames.map((stage) => {
    const part = create("i", `stage-${stage}`);
    const value = create("b");
    const item = create("li", `stage-${stage}`);
    item.append(create("i"), create("span", "", strings.stages[stage]), value);
    bar.append(part);
    list.append(item);
    return { part, value };
  });
}

function milliseconds(value: number | undefined, digits: Digits): string {
  return value === undefined ? "–" : strings.milliseconds(fixed(value, digits));
}
