import assert from "node:assert/strict";
import { test } from "node:test";
import { Trails } from "../../wwwroot/pages/dashboard/trails.ts";
import { person, roomUpdate } from "./readings.ts";

test("a trail grows with each new reading and forgets the old ones", () => {
  const trails = new Trails();
  for (let at = 0; at <= 20_000; at += 1000) {
    trails.add(roomUpdate({ at }));
    trails.add(roomUpdate({ at: at + 200, people: [person({ at })] }));
  }

  const [trail] = trails.list();

  assert.deepEqual(trail!.points.map(({ at }) => at), [15_000, 16_000, 17_000, 18_000, 19_000, 20_000]);
});

test("who leaves the room takes the trail along at once", () => {
  const trails = new Trails();
  trails.add(roomUpdate());
  trails.add(roomUpdate({ at: 1_000_200, people: [] }));

  assert.deepEqual(trails.list(), []);
});
