import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { emotionLabels, type FaceReading } from "../../client/contracts.ts";
import { palette } from "../../client/contracts.generated.ts";
import { barNames } from "../../kit/appearance.ts";
import { axisStyle } from "../../kit/chartStyle.ts";
import { element, setText } from "../../kit/elements.ts";
import { percent } from "../../kit/numbers.ts";
import { themeChanges } from "../../kit/theme.ts";
import { strings } from "./strings.ts";
import { TimelineData } from "./timelineData.ts";

const windowSeconds = 60;
const chartHeight = 210;
const tickSeconds = [60, 50, 40, 30, 20, 10, 0];

/** Ten redraws per second look continuous on a chart that moves a few pixels in that time. */
const redrawMilliseconds = 100;

/** The selected face's eight probabilities over the last minute. */
export class Timeline {
  readonly #host = element("timeline", HTMLElement);
  readonly #tag = element("timeline-face", HTMLElement);
  readonly #data = new Map<string, TimelineData>();
  readonly #chart: uPlot;
  #faceId: string | undefined;
  #timer = 0;

  constructor() {
    this.#chart = new uPlot(this.#options(), [[], ...emotionLabels.map(() => [])], this.#host);
    this.#redraw();
    new ResizeObserver(() => this.#resize()).observe(this.#host);
    themeChanges.addEventListener("change", () => this.#chart.redraw());
  }

  /** Records every face, so that a newly selected one has a history to show. */
  add(faces: readonly FaceReading[], seconds: number): void {
    for (const face of faces) {
      let data = this.#data.get(face.id);
      if (!data) this.#data.set(face.id, (data = new TimelineData(windowSeconds)));
      data.add(seconds, face.emotions);
    }
    for (const [id, data] of this.#data) if (data.isOver(seconds)) this.#data.delete(id);
  }

  select(faceId: string | undefined): void {
    if (faceId === this.#faceId) return;
    this.#faceId = faceId;
    this.#tag.hidden = faceId === undefined;
    if (faceId !== undefined) setText(this.#tag, strings.timelineOf(faceId));
  }

  start(): void {
    window.clearInterval(this.#timer);
    this.#timer = window.setInterval(() => this.#redraw(), redrawMilliseconds);
  }

  /** Stops moving; what was drawn stays visible. */
  stop(): void {
    window.clearInterval(this.#timer);
  }

  clear(): void {
    this.#data.clear();
    this.select(undefined);
  }

  #redraw(): void {
    const now = Date.now() / 1000;
    const data = this.#faceId === undefined ? undefined : this.#data.get(this.#faceId);
    this.#chart.batch(() => {
      this.#chart.setData(data?.columns() ?? [[], ...emotionLabels.map(() => [])], false);
      this.#chart.setScale("x", { min: now - windowSeconds, max: now });
    });
  }

  #resize(): void {
    if (this.#host.clientWidth > 0) this.#chart.setSize({ width: this.#host.clientWidth, height: chartHeight });
  }

  #options(): uPlot.Options {
    const axis = axisStyle(() => getComputedStyle(this.#host).color);
    return {
      width: 600,
      height: chartHeight,
      padding: [8, 12, 0, 0],
      cursor: { y: false, points: { size: 6 }, drag: { x: false, y: false } },
      legend: { live: true, markers: { width: 0, fill: (_, index) => palette[emotionLabels[index - 1] ?? "neutral"] } },
      scales: { x: { time: false }, y: { range: [0, 1] } },
      axes: [
        { ...axis, size: 28, splits: (chart) => tickSeconds.map((ago) => (chart.scales["x"]?.max ?? 0) - ago), values: () => tickSeconds.map(strings.secondsAgo) },
        { ...axis, size: 44, values: (_, splits) => splits.map((split) => percent(split, 0)) },
      ],
      series: [
        { value: () => "" },
        ...emotionLabels.map((label, index) => ({
          label: barNames[index] ?? label,
          stroke: palette[label],
          width: 2,
          points: { show: false },
          value: (_: uPlot, value: number | null) => (value === null ? "" : percent(value, 0)),
        })),
      ],
    };
  }
}
