import assert from "node:assert/strict";
import { test } from "node:test";
import { isRestFace, RestFaceHold } from "../../wwwroot/client/restFace.ts";
import { parseKept } from "../../wwwroot/kit/keptRestFace.ts";
import { parseVisits } from "../../wwwroot/kit/visits.ts";
import type { FaceReading, Measured } from "../../wwwroot/client/contracts.ts";

const even = Array.from({ length: 8 }, () => 1 / 8);

function frame(...faces: readonly (readonly number[])[]): Measured {
  const readings = faces.map((emotions, index) => ({ id: String(index), emotions }) as unknown as FaceReading);
  return { sequence: 1, capturedAt: 0, width: 1, height: 1, faces: readings, timings: { queued: 0, decode: 0, detect: 0, infer: 0 } };
}

function hold(frames: readonly Measured[], step = 200): RestFaceHold {
  const held = new RestFaceHold(1000);
  frames.forEach((measured, index) => held.add(measured, 1000 + index * step));
  return held;
}

test("a resting face is the geometric mean of the readings after the start", () => {
  const sad = [0.4, 0.02, 0.02, 0.48, 0.02, 0.02, 0.02, 0.02];
  const before = [0.02, 0.86, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02];

  const taken = hold([before, before, before, ...Array.from({ length: 10 }, () => sad)].map((emotions) => frame(emotions))).finish();

  assert.ok(isRestFace(taken));
  taken.forEach((share, index) => assert.ok(Math.abs(share - (sad[index] ?? 0)) < 0.001));
});

test("a single outlier has little effect", () => {
  const neutral = [0.93, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01];
  const blink = [0.01, 0.01, 0.01, 0.93, 0.01, 0.01, 0.01, 0.01];

  const taken = hold(Array.from({ length: 20 }, (_, index) => frame(index === 10 ? blink : neutral)), 100).finish();

  assert.ok(isRestFace(taken) && (taken[0] ?? 0) > 0.88);
});

test("there is no resting face without a face, or with several", () => {
  assert.equal(hold(Array.from({ length: 20 }, () => frame())).finish(), "nobody");
  assert.equal(hold([frame(even), frame(even), frame(even)]).finish(), "nobody");
  assert.equal(hold(Array.from({ length: 20 }, () => frame(even, even))).finish(), "several");
});

test("a hold lasts three seconds, and longer only while there are too few readings", () => {
  const quick = hold(Array.from({ length: 10 }, () => frame(even)));
  const slow = hold([frame(even)], 0);

  assert.equal(quick.secondsLeft(1000), 3);
  assert.equal(quick.secondsLeft(3500), 0.5);
  assert.equal(quick.secondsLeft(4000), 0);
  assert.equal(slow.secondsLeft(9000), 1);
  assert.equal(slow.secondsLeft(13_000), 0);
});

test("a stored value is used only if it is a valid resting face", () => {
  assert.deepEqual(parseKept(JSON.stringify({ model: "m", reading: even })), { model: "m", reading: even });
  for (const reading of [null, "x", [], even.slice(1), [...even, 0], [2, -1, 0, 0, 0, 0, 0, 0], [1, 1, 0, 0, 0, 0, 0, 0], [null, 1, 0, 0, 0, 0, 0, 0]]) {
    assert.equal(parseKept(JSON.stringify({ model: "m", reading })), undefined, JSON.stringify(reading));
  }
  for (const text of [null, "", "{", "1", "null", "[]", JSON.stringify({ reading: even })]) assert.equal(parseKept(text), undefined);
});

test("stored visits are used only if they are valid", () => {
  const stay = { token: "abc-_9", until: 5 };

  assert.deepEqual(parseVisits(JSON.stringify([stay, null, 1, { token: 'a"b', until: 5 }, { token: "x" }, { until: 1 }])), [stay]);
  for (const text of [null, "", "{", "1", "null", "{}"]) assert.deepEqual(parseVisits(text), []);
});
