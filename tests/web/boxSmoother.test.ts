import assert from "node:assert/strict";
import { test } from "node:test";
import { BoxSmoother } from "../../wwwroot/client/boxSmoother.ts";
import { reading } from "./readings.ts";

test("a new face is drawn where it was measured, not flown in from elsewhere", () => {
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

test("a measurement's tremble is damped", () => {
  const smoother = new BoxSmoother();
  let widest = 0;
  for (let frame = 0; frame < 120; frame++) {
    if (frame % 2 === 0) smoother.update([reading({ box: [0.5 + (frame % 4 === 0 ? 0.01 : -0.01), 0.25, 0.5, 0.5] })], (frame * 1000) / 60);
    const [face] = smoother.step((frame * 1000) / 60);
    if (frame > 60) widest = Math.max(widest, Math.abs(face!.box[0] - 0.5));
  }

  assert.ok(widest < 0.005, String(widest));
});

test("a face that left fades, and is then forgotten", () => {
  const smoother = new BoxSmoother();
  smoother.update([reading()], 0);
  smoother.step(0);
  smoother.step(1000);
  smoother.update([], 1000);

  const fading = smoother.step(1050)[0]!.opacity;
  for (let now = 1100; now < 2000; now += 50) smoother.step(now);

  assert.ok(fading > 0.3 && fading < 0.9, String(fading));
  assert.deepEqual(smoother.step(2000), []);
});

test("faces fade when answers stop coming, and return with the next answer", () => {
  const smoother = new BoxSmoother();
  smoother.update([reading()], 0);
  smoother.step(0);
  const seen = smoother.step(1000)[0]!.opacity;

  smoother.step(2000);
  smoother.step(3000);
  const gone = smoother.step(4000);
  smoother.update([reading()], 4100);
  smoother.step(4100);

  assert.ok(seen > 0.99, String(seen));
  assert.deepEqual(gone, []);
  assert.ok(smoother.step(4600)[0]!.opacity > 0.99);
});
