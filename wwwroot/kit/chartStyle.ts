import type uPlot from "uplot";

/** How the axes of every chart look; `ink` is asked at each drawing, so that a change of theme is followed. */
export function axisStyle(ink: () => string): uPlot.Axis {
  return {
    stroke: ink,
    font: "11px system-ui, sans-serif",
    grid: { stroke: "rgb(128 136 150 / 0.18)", width: 1 },
    ticks: { show: false },
  };
}
