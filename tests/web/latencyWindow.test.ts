import assert from "node:assert/strict";
import { test } from "node:test";
import { LatencyWindow } from "../../wwwroot/pages/live/latencyWindow.ts";

test("quantiles of nothing are nothing", () => {
  assert.equal(new LatencyWindow().quantile(0.5), undefined);
});

test("quantiles are values that occurred, sorted as numbers", () => {
  const window = new LatencyWindow(100);
  for (let value = 1; value <= 100; value++) window.add(value);

  assert.equal(window.quantile(0.5), 50);
  assert.equal(window.quantile(0.95), 95);
  assert.equal(window.quantile(1), 100);
});

test("old figures make place for new ones", () => {
  const window = new LatencyWindow(3);
  for (const value of [900, 900, 900, 1, 2, 3]) window.add(value);

  assert.equal(window.quantile(1), 3);
});
