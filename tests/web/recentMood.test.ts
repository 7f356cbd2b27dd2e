import assert from "node:assert/strict";
import { test } from "node:test";
import { RecentMood } from "../../wwwroot/pages/live/recentMood.ts";
import { reading } from "./readings.ts";

const happy = [0, 1, 0, 0, 0, 0, 0, 0];
const sad = [0, 0, 0, 1, 0, 0, 0, 0];

test("the mood is the mean of the last seconds, surer readings counting more", () => {
  const mood = new RecentMood();
  mood.add(reading({ emotions: happy, certainty: 0.9 }), 1000);
  mood.add(reading({ emotions: sad, certainty: 0.3 }), 2000);

  assert.deepEqual(mood.mean(2000)?.map((share) => Number(share.toFixed(9))), [0, 0.75, 0, 0.25, 0, 0, 0, 0]);
});

test("what is older than a few seconds is forgotten", () => {
  const mood = new RecentMood();
  mood.add(reading({ emotions: happy }), 0);
  mood.add(reading({ emotions: sad }), 4000);

  assert.deepEqual(mood.mean(5500), sad);
  assert.equal(mood.mean(9500), undefined);
});

test("another face's mood is not mixed in", () => {
  const mood = new RecentMood();
  mood.add(reading({ id: "1", emotions: happy }), 0);
  mood.add(reading({ id: "2", emotions: sad }), 100);

  assert.deepEqual(mood.mean(200), sad);
});

test("there is no mood before the first reading and after clearing", () => {
  const mood = new RecentMood();
  assert.equal(mood.mean(0), undefined);
  mood.add(reading(), 0);
  mood.clear();

  assert.equal(mood.mean(0), undefined);
});
