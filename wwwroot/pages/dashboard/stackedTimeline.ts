import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { emotionLabels } from "../../client/contracts.ts";
import { palette } from "../../client/contracts.generated.ts";
import { barNames } from "../../kit/appearance.ts";
import { axisStyle } from "../../kit/chartStyle.ts";
import { element } from "../../kit/elements.ts";
import { percent } from "../../kit/numbers.ts";
import { themeChanges } from "../../kit/theme.ts";
import type { Marker } from "./exportRows.ts";
import { shareAt, type Columns } from "./stackedColumns.ts";

/** Taller where it is next to the plane chart. */
const chartHeight = window.matchMedia("(min-width: 64rem)").matches ? 320 : 240;
const withSeconds = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const withMinutes = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });

/** The eight shares over time as a stacked chart, with the markers as lines. */
export class StackedTimeline {
  readonly #host = element("timeline", HTMLElement);
  readonly #chart: uPlot;
  #columns: Columns = [[], ...emotionLabels.map(() => [])];
  #markers: readonly Marker[] = [];

  constructor() {
    this.#chart = new uPlot(this.#options(), this.#columns, this.#host);
    new ResizeObserver(() => this.#host.clientWidth > 0 && this.#chart.setSize({ width: this.#host.clientWidth, height: chartHeight })).observe(this.#host);
    themeChanges.addEventListener("change", () => this.#chart.redraw());
  }

  show(columns: Columns, markers: readonly Marker[], from: number, to: number): void {
    this.#columns = columns;
    this.#markers = markers;
    this.#chart.batch(() => {
      this.#chart.setData(columns, false);
      this.#chart.setScale("x", { min: from / 1000, max: to / 1000 });
    });
  }

  #drawMarkers(chart: uPlot): void {
    const { ctx, bbox } = chart;
    const ratio = uPlot.pxRatio;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.font = `600 ${11 * ratio}px system-ui, sans-serif`;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    this.#markers.forEach(({ at, text }, index) => {
      const x = Math.round(chart.valToPos(at / 1000, "x", true));
      const width = ctx.measureText(text).width + 10 * ratio;
      // Near the right edge the label is to the left of its line.
      const left = x + width > bbox.left + bbox.width ? x - width : x;
      ctx.fillStyle = "rgb(12 16 24 / 0.85)";
      ctx.fillRect(x - ratio, bbox.top, 2 * ratio, bbox.height);
      // Neighboring labels are at different heights, so that close markers can be read.
      const top = bbox.top + (index % 3) * 20 * ratio;
      ctx.fillRect(left, top, width, 18 * ratio);
      ctx.fillStyle = "#fff";
      ctx.fillText(text, left + 5 * ratio, top + 9.5 * ratio);
    });
    ctx.restore();
  }

  #options(): uPlot.Options {
    const axis = axisStyle(() => getComputedStyle(this.#host).color);
    return {
      width: 600,
      height: chartHeight,
      padding: [8, 16, 0, 0],
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
      legend: { live: true, markers: { width: 0, fill: (_, index) => palette[emotionLabels[index - 1] ?? "neutral"] } },
      scales: { x: { time: false }, y: { range: [0, 1] } },
      axes: [
        {
          ...axis,
          size: 28,
          space: 90,
          incrs: [10, 30, 60, 300, 600],
          values: (_, splits, __, ___, step) => splits.map((at) => (step < 60 ? withSeconds : withMinutes).format(at * 1000)),
        },
        { ...axis, size: 44, values: (_, splits) => splits.map((split) => percent(split, 0)) },
      ],
      bands: emotionLabels.slice(1).map((_, index) => ({ series: [index + 2, index + 1] as [number, number] })),
      series: [
        { value: () => "" },
        ...emotionLabels.map((label, index) => ({
          label: barNames[index] ?? label,
          stroke: palette[label],
          fill: palette[label],
          width: 0,
          points: { show: false },
          value: (_: uPlot, __: number | null, ___: number, at: number | null) => shown(at === null ? null : shareAt(this.#columns, index, at)),
        })),
      ],
      hooks: { draw: [(chart) => this.#drawMarkers(chart)] },
    };
  }
}

function shown(share: number | null): string {
  return share === null ? "" : percent(share, 0);
}
