import assert from "node:assert/strict";
import { test } from "node:test";
import { resumeDelay, resumeDelays } from "../../wwwroot/client/resumePolicy.ts";

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
