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

  const [trail] = trails.list(20_200);

  assert.deepEqual(trail!.points.map(({ at }) => at), [15_000, 16_000, 17_000, 18_000, 19_000, 20_000]);
});

test("the trail of a person who leaves is removed at once", () => {
  const trails = new Trails();
  trails.add(roomUpdate());
  trails.add(roomUpdate({ at: 1_000_200, people: [] }));

  assert.deepEqual(trails.list(1_000_200), []);
});

test("a dot fades half a second after its reading and is gone after two", () => {
  const trails = new Trails();
  trails.add(roomUpdate({ at: 1_000_000 }));

  assert.deepEqual([500, 501, 2000].map((age) => trails.list(1_000_000 + age)[0]!.opacity), [1, 0.4, 0.4]);
  assert.deepEqual(trails.list(1_002_001), []);
});

test("somebody who looks away for a moment is not drawn as neutral", () => {
  const trails = new Trails();
  trails.add(roomUpdate({ at: 1_000_000 }));
  trails.add(roomUpdate({ at: 1_000_200, people: [person({ at: 1_000_200, dominant: null, faces: [] })] }));

  assert.equal(trails.list(1_000_200)[0]!.dominant, "happy");
});
