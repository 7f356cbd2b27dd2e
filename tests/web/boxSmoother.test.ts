import assert from "node:assert/strict";
import { test } from "node:test";
import { BoxSmoother } from "../../wwwroot/client/boxSmoother.ts";
import { reading } from "./readings.ts";

test("a new face starts where it was measured", () => {
  const smoother = new BoxSmoother();
  smoother.update([reading()], 0);

  const [face] = smoother.step(0);

  assert.deepEqual(face?.box, [0.25, 0.25, 0.5, 0.5]);
});

test("a box moves the same way at 30 and at 120 pictures a second", () => {
  const positions = [30, 120].map((rate) => {
    const smoother = new BoxSmoother();
    smoother.update([reading()], 0);
    smoother.step(0);
    smoother.update([reading({ box: [0.75, 0.25, 0.25, 0.5] })], 0);
    let face;
    for (let now = 1000 / rate; now <= 100.001; now += 1000 / rate) [face] = smoother.step(now);
    return face!.box[0];
  });

  assert.ok(Math.abs(positions[0]! - positions[1]!) < 1e-9);
  assert.ok(positions[0]! > 0.6 && positions[0]! < 0.75);
});

test("jitter is damped", () => {
  const smoother = new BoxSmoother();
  let widest = 0;
  for (let frame = 0; frame < 120; frame++) {
    if (frame % 2 === 0) smoother.update([reading({ box: [0.5 + (frame % 4 === 0 ? 0.01 : -0.01), 0.25, 0.5, 0.5] })], (frame * 1000) / 60);
    const [face] = smoother.step((frame * 1000) / 60);
    if (frame > 60) widest = Math.max(widest, Math.abs(face!.box[0] - 0.5));
  }

  assert.ok(widest < 0.005, String(widest));
});

test("a face that left fades and is then removed", () => {
  const smoother = new BoxSmoother();
  smoother.update([reading()], 0);
  smoother.step(0);
  smoother.step(400);
  smoother.update([], 400);

  const fading = smoother.step(450)[0]!.opacity;
  for (let now = 500; now < 900; now += 50) smoother.step(now);

  assert.ok(fading > 0.3 && fading < 0.9, String(fading));
  assert.deepEqual(smoother.step(900), []);
});

test("an answer is opaque for half a second, faded until two seconds, and then removed", () => {
  const smoother = new BoxSmoother();
  smoother.update([reading()], 0);
  const opacityAt = new Map<number, number | undefined>();
  for (let now = 0; now <= 2100; now += 20) opacityAt.set(now, smoother.step(now)[0]?.opacity);

  assert.ok(opacityAt.get(500)! > 0.98);
  assert.ok(Math.abs(opacityAt.get(1000)! - 0.4) < 0.02, String(opacityAt.get(1000)));
  assert.ok(Math.abs(opacityAt.get(2000)! - 0.4) < 0.01);
  assert.equal(opacityAt.get(2020), undefined);

  smoother.update([reading()], 2200);
  for (let now = 2200; now <= 2600; now += 20) opacityAt.set(now, smoother.step(now)[0]?.opacity);
  assert.ok(opacityAt.get(2600)! > 0.95);
});

test("an answer that comes two seconds after its picture is never drawn", () => {
  const smoother = new BoxSmoother();
  smoother.update([reading()], 1000);

  assert.deepEqual(smoother.step(3001), []);
});
