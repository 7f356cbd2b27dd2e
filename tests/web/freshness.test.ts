import assert from "node:assert/strict";
import { test } from "node:test";
import { freshness } from "../../wwwroot/client/freshness.ts";
import { readAt } from "../../wwwroot/client/roomContracts.ts";

test("an answer fades after half a second and goes after two; one that never came is gone", () => {
  assert.deepEqual([-5, 0, 500, 501, 2000, 2001, Infinity].map(freshness), ["fresh", "fresh", "fresh", "faded", "faded", "gone", "gone"]);
});

test("a reading of a room was made before its update came", () => {
  assert.equal(readAt({ ageMs: 120 }, 10_000), 9880);
  assert.equal(readAt({ ageMs: null }, 10_000), -Infinity);
});
