import assert from "node:assert/strict";
import { test } from "node:test";
import { AdaptivePace, qualityLadder } from "../../wwwroot/client/adaptivePace.ts";

/** Answers at the pace's own rate for some seconds; every n-th frame is refused if asked for. */
function run(pace: AdaptivePace, seconds: number, roundTrip: number, refuseEvery = Infinity, from = 0): number {
  let now = from;
  for (let frame = 1; now < from + seconds * 1000; frame++) {
    now += 1000 / pace.framesPerSecond;
    if (frame % refuseEvery === 0) pace.rejected("superseded", now);
    else pace.answered(roundTrip, now);
  }
  return now;
}

test("prompt answers raise the rate to the limit, then the quality to the top", () => {
  const pace = new AdaptivePace(24);

  run(pace, 30, 40);

  assert.equal(pace.framesPerSecond, 24);
  assert.deepEqual(pace.quality, qualityLadder.at(-1));
});

test("slow answers shrink the picture first and lower the rate only when it is smallest", () => {
  const pace = new AdaptivePace(30);
  const before = pace.framesPerSecond;

  const now = run(pace, 2.5, 800);
  assert.equal(pace.framesPerSecond, before);
  assert.ok(pace.quality.longSide < 512);

  run(pace, 40, 800, Infinity, now);
  assert.deepEqual(pace.quality, qualityLadder[0]);
  assert.equal(pace.framesPerSecond, 5);
});

test("superseded frames lower the rate by a factor and leave the quality", () => {
  const pace = new AdaptivePace(30);
  const { framesPerSecond, quality } = pace;

  run(pace, 1.2, 40, 3);

  assert.ok(pace.framesPerSecond < framesPerSecond * 0.75);
  assert.deepEqual(pace.quality, quality);
});

test("a full server's pace holds at once, and is forgotten when the server keeps up or the connection is another", () => {
  const pace = new AdaptivePace(30);
  const before = pace.framesPerSecond;

  pace.keepTo(3.3);
  assert.equal(pace.framesPerSecond, 3.3);
  pace.keepTo(0);
  assert.equal(pace.framesPerSecond, 1);
  pace.keepTo(undefined);
  assert.equal(pace.framesPerSecond, before);
  pace.keepTo(3.3);
  pace.reset();
  assert.equal(pace.framesPerSecond, before);
});

test("what a full server refuses lowers nothing while senders keep to its pace", () => {
  const pace = new AdaptivePace(30);
  pace.keepTo(9);

  run(pace, 10, 40, 2);

  assert.equal(pace.framesPerSecond, 9);
});

test("one superseded frame in many changes nothing", () => {
  const pace = new AdaptivePace(30);
  pace.rejected("superseded", 0);
  const before = pace.framesPerSecond;

  run(pace, 1.1, 40);

  assert.ok(pace.framesPerSecond >= before);
});

test("a frame that is too large lowers the quality at once", () => {
  const pace = new AdaptivePace(30);
  const before = pace.quality.longSide;

  pace.rejected("too_large", 0);

  assert.ok(pace.quality.longSide < before);
});

test("it recovers after trouble, in steps smaller than the fall", () => {
  const pace = new AdaptivePace(30);
  const now = run(pace, 6, 40, 2);
  const low = pace.framesPerSecond;

  run(pace, 2.2, 40, Infinity, now);

  assert.ok(pace.framesPerSecond > low && pace.framesPerSecond <= low + 6);
});

test("many skipped frames hold the rate where it is", () => {
  const pace = new AdaptivePace(30);
  const before = pace.framesPerSecond;

  for (let now = 0; now < 1500; now += 100) {
    pace.skipped(now);
    pace.answered(60, now);
  }

  assert.equal(pace.framesPerSecond, before);
});

test("limit: holds at once, even below the lowest rate of its own", () => {
  const pace = new AdaptivePace(30);

  pace.limit(2);
  run(pace, 20, 900);

  assert.equal(pace.framesPerSecond, 2);
});
