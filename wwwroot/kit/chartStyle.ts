import type uPlot from "uplot";

/** The axis style of every chart; `ink` is evaluated on each redraw, so that it follows the theme. */
export function axisStyle(ink: () => string): uPlot.Axis {
  return {
    stroke: ink,
    font: "11px system-ui, sans-serif",
    grid: { stroke: "rgb(128 136 150 / 0.18)", width: 1 },
    ticks: { show: false },
  };
}
