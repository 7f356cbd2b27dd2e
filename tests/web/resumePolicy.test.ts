import assert from "node:assert/strict";
import { test } from "node:test";
import { openingTime, Patience, resumeDelay, resumeDelays } from "../../wwwroot/client/resumePolicy.ts";

test("the first attempt is immediate, later ones wait longer, the last delay is repeated", () => {
  const waits = Array.from({ length: resumeDelays.length + 3 }, (_, attempt) => resumeDelay(attempt, () => 0));

  assert.equal(waits[0], 0);
  assert.deepEqual(waits, [...waits].sort((a, b) => a - b));
  assert.equal(waits.at(-1), resumeDelays.at(-1));
});

test("jitter adds up to 30 percent, so that clients don't return together", () => {
  assert.equal(resumeDelay(3, () => 0), resumeDelays[3]);
  assert.equal(resumeDelay(3, () => 1), resumeDelays[3]! * 1.3);
});

test("five seconds without a network leave several tries within a resume window of thirty", () => {
  let elapsed = 0;
  let tries = 0;
  while ((elapsed += resumeDelay(tries, () => 1)) < 30_000) tries++;

  assert.ok(tries >= 6, `${tries} tries`);
});

test("two attempts that are led to a server that hangs cost less than five seconds, and a slow network gets its time in the end", () => {
  assert.ok([0, 1].reduce((sum, attempt) => sum + resumeDelay(attempt, () => 1) + openingTime(attempt), 0) < 5000);
  assert.equal(openingTime(20), 8000);
});

test("patience is three seconds, more on a slow network, and grows while new connections are of no use", () => {
  const patience = new Patience();
  const seen = [patience.milliseconds];

  for (let i = 0; i < 4; i++) {
    patience.ended();
    seen.push(patience.milliseconds);
  }
  patience.answered(40);
  seen.push(patience.milliseconds);
  patience.answered(2500);
  seen.push(patience.milliseconds);

  assert.deepEqual(seen, [3000, 6000, 12_000, 12_000, 12_000, 3000, 5000]);
});
