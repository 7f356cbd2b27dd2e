import uPlot from "uplot";
import { palette } from "../../client/contracts.generated.ts";
import { axisStyle } from "../../kit/chartStyle.ts";
import { element } from "../../kit/elements.ts";
import { shared } from "../../kit/strings.ts";
import { themeChanges } from "../../kit/theme.ts";
import type { Trail } from "./trails.ts";

const widest = 400;

/** The labels take this much more of the width than of the height, and the plane itself is square. */
const widthForWords = 42;

/** More names than this would overlap. */
const mostNames = 10;

/** Everyone's position by valence and arousal with its trail, and the room's mean as a ring. */
export class PlaneChart {
  readonly #host = element("plane", HTMLElement);
  readonly #chart: uPlot;
  #trails: readonly Trail[] = [];
  #mean: { readonly valence: number; readonly arousal: number } | undefined;
  #selectedId: string | undefined;

  constructor() {
    this.#chart = new uPlot(this.#options(), [[-1, 1], [null, null]], this.#host);
    new ResizeObserver(() => this.#resize()).observe(this.#host);
    themeChanges.addEventListener("change", () => this.#chart.redraw(false));
  }

  show(trails: readonly Trail[], mean: { readonly valence: number; readonly arousal: number } | undefined, selectedId: string | undefined): void {
    this.#trails = trails;
    this.#mean = mean;
    this.#selectedId = selectedId;
    this.#chart.redraw(false);
  }

  #resize(): void {
    const width = Math.min(this.#host.clientWidth, widest);
    if (width > 0) this.#chart.setSize({ width, height: width - widthForWords });
  }

  #draw(chart: uPlot): void {
    const { ctx } = chart;
    const ratio = uPlot.pxRatio;
    const place = (point: { valence: number; arousal: number }): [number, number] => [chart.valToPos(point.valence, "x", true), chart.valToPos(point.arousal, "y", true)];
    ctx.save();
    ctx.lineCap = ctx.lineJoin = "round";
    for (const trail of this.#trails) {
      const apart = this.#selectedId !== undefined && trail.id !== this.#selectedId;
      ctx.strokeStyle = ctx.fillStyle = palette[trail.dominant];
      const places = trail.points.map(place);
      places.slice(1).forEach(([x, y], index) => {
        ctx.globalAlpha = trail.opacity * (apart ? 0.15 : 0.7) * ((index + 1) / places.length);
        ctx.lineWidth = 2.5 * ratio;
        ctx.beginPath();
        ctx.moveTo(...places[index]!);
        ctx.lineTo(x, y);
        ctx.stroke();
      });
      const [x, y] = places.at(-1)!;
      ctx.globalAlpha = trail.opacity * (apart ? 0.25 : 1);
      ctx.beginPath();
      ctx.arc(x, y, (this.#trails.length > mostNames ? 4.5 : 6) * ratio, 0, Math.PI * 2);
      ctx.fill();
      if (trail.id === this.#selectedId || this.#trails.length <= mostNames) this.#drawName(chart, trail.name ?? shared.unnamed, x, y, ratio);
    }
    if (this.#mean) this.#drawMean(chart, ...place(this.#mean), ratio);
    ctx.restore();
  }

  #drawName({ ctx, bbox }: uPlot, name: string, x: number, y: number, ratio: number): void {
    ctx.font = `500 ${11 * ratio}px system-ui, sans-serif`;
    ctx.fillStyle = getComputedStyle(this.#host).color;
    const short = name.length > 14 ? `${name.slice(0, 13)}…` : name;
    const toLeft = x + ctx.measureText(short).width + 12 * ratio > bbox.left + bbox.width;
    ctx.textAlign = toLeft ? "right" : "left";
    ctx.textBaseline = "middle";
    ctx.fillText(short, x + (toLeft ? -10 : 10) * ratio, y);
  }

  #drawMean({ ctx }: uPlot, x: number, y: number, ratio: number): void {
    ctx.globalAlpha = 1;
    ctx.strokeStyle = getComputedStyle(this.#host).color;
    ctx.lineWidth = 2 * ratio;
    ctx.beginPath();
    ctx.arc(x, y, 11 * ratio, 0, Math.PI * 2);
    ctx.stroke();
  }

  #options(): uPlot.Options {
    const axis = axisStyle(() => getComputedStyle(this.#host).color);
    const ends = (low: string, high: string) => (_: uPlot, splits: number[]) => splits.map((split) => (split === -1 ? low : split === 1 ? high : ""));
    const splits = () => [-1, -0.5, 0, 0.5, 1];
    return {
      width: 300,
      height: 300 - widthForWords,
      padding: [12, 36, 0, 12],
      cursor: { show: false },
      legend: { show: false },
      scales: { x: { time: false, range: [-1, 1] }, y: { range: [-1, 1] } },
      axes: [
        { ...axis, size: 30, gap: 10, splits, values: ends(shared.unpleasant, shared.pleasant) },
        { ...axis, size: 48, splits, values: ends(shared.calm, shared.excited) },
      ],
      series: [{}, { points: { show: false } }],
      hooks: { draw: [(chart) => this.#draw(chart)] },
    };
  }
}
