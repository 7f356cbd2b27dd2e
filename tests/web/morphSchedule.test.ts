import assert from "node:assert/strict";
import { test } from "node:test";
import { MorphSchedule } from "../../wwwroot/client/morphSchedule.ts";

const cases = [
  { seconds: 0, from: 0, to: 1, blend: 0 },
  { seconds: 1.9, from: 0, to: 1, blend: 0 },
  { seconds: 2.5, from: 0, to: 1, blend: 0.5 },
  { seconds: 3, from: 1, to: 2, blend: 0 },
  { seconds: 8.5, from: 2, to: 0, blend: 0.5 },
  { seconds: 9, from: 0, to: 1, blend: 0 },
  { seconds: 900.5, from: 0, to: 1, blend: 0 },
];

for (const { seconds, ...expected } of cases) {
  test(`at ${seconds} s: from ${expected.from} to ${expected.to}, ${expected.blend}`, () => {
    const morph = new MorphSchedule(3, 2, 1).at(seconds);

    assert.deepEqual({ ...morph, blend: Math.round(morph.blend * 1000) / 1000 }, expected);
  });
}

test("the weight of no picture ever jumps", () => {
  const schedule = new MorphSchedule(4, 2.6, 1.1);
  const weights = (seconds: number) => {
    const { from, to, blend } = schedule.at(seconds);
    return [0, 1, 2, 3].map((index) => (index === from ? 1 - blend : index === to ? blend : 0));
  };

  for (let seconds = 0; seconds < 30; seconds += 0.01) {
    const [before, after] = [weights(seconds), weights(seconds + 0.01)];
    for (let index = 0; index < 4; index++) assert.ok(Math.abs(after[index]! - before[index]!) < 0.02, `${seconds} s`);
  }
});

test("a single picture is never blended", () => {
  assert.deepEqual(new MorphSchedule(1, 2, 1).at(7), { from: 0, to: 0, blend: 0 });
});

test("zero pictures are rejected", () => {
  assert.throws(() => new MorphSchedule(0, 2, 1), RangeError);
});
