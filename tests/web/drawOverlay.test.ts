import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { drawOverlay } from "../../wwwroot/client/drawOverlay.ts";
import { reading } from "./readings.ts";

/** A canvas that notes how strongly each drawing was made; cleared, it has none. */
function fakeCanvas() {
  let opacity: number | undefined;
  const context = new Proxy({} as Record<string, unknown>, {
    get: (target, name: string) => {
      if (name === "clearRect") return () => (opacity = undefined);
      if (name === "measureText") return () => ({ width: 10 });
      return name in target ? target[name] : () => ({});
    },
    set: (target, name: string, value: unknown) => {
      if (name === "globalAlpha") opacity = value as number;
      target[name] = value;
      return true;
    },
  });
  const canvas = { clientWidth: 640, clientHeight: 480, width: 0, height: 0, getContext: () => context };
  return { canvas: canvas as unknown as HTMLCanvasElement, opacity: () => opacity };
}

test("a drawing of a moving picture fades and goes by itself, a still picture's stays", () => {
  let now = 0;
  mock.timers.enable({ apis: ["setTimeout"] });
  mock.method(performance, "now", () => now);
  Object.assign(globalThis, { window: { devicePixelRatio: 1 }, document: { createElement: () => fakeCanvas().canvas } });
  const pass = (milliseconds: number) => {
    now += milliseconds;
    mock.timers.tick(milliseconds);
  };
  const [moving, still] = [fakeCanvas(), fakeCanvas()];

  drawOverlay(moving.canvas, { faces: [reading()], capturedAt: performance.timeOrigin - 100 });
  drawOverlay(still.canvas, { faces: [reading()] });

  const seen = [moving.opacity()];
  for (const step of [399, 2, 1499, 2]) {
    pass(step);
    seen.push(moving.opacity());
  }
  pass(60_000);
  mock.reset();

  assert.deepEqual(seen, [1, 1, 0.4, 0.4, undefined]);
  assert.equal(still.opacity(), 1);
});
