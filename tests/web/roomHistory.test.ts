import assert from "node:assert/strict";
import { test } from "node:test";
import { figure, RoomHistory } from "../../wwwroot/pages/dashboard/roomHistory.ts";
import { person, reading, roomUpdate } from "./readings.ts";

test("a second holds the means of its readings, each reading once", () => {
  const history = new RoomHistory();
  const happy = person({ at: 1_000_100, faces: [reading({ valence: 0.8 })] });
  history.add(roomUpdate({ at: 1_000_100, people: [happy] }));
  history.add(roomUpdate({ at: 1_000_300, people: [happy] }));
  history.add(roomUpdate({ at: 1_000_500, people: [person({ at: 1_000_500, faces: [reading({ valence: 0.2 })] })] }));

  const [second, ...more] = history.between(0, 2_000_000);

  assert.deepEqual(more, []);
  const ada = second!.people.get("a")!;
  assert.equal(ada.mean.count, 2);
  assert.ok(Math.abs(ada.mean.values[figure.valence]! - 0.5) < 1e-9);
  assert.equal(second!.room.count, 3);
  assert.equal(second!.room.values[figure.people], 1);
});

test("a room in which nobody is seen has no mood, and a person without a face no reading", () => {
  const history = new RoomHistory();
  const nobody = { ...roomUpdate().mood, emotions: [0, 0, 0, 0, 0, 0, 0, 0], people: 0 };
  history.add(roomUpdate({ people: [person({ faces: [] }), person({ id: "b", at: null, ageMs: null, faces: [] })], mood: nobody }));

  const [second] = history.between(0, 2_000_000);

  assert.equal(second!.room.count, 0);
  assert.equal(second!.people.size, 0);
});

test("keeps half an hour and no more, however long it runs", () => {
  const history = new RoomHistory();
  for (let second = 0; second < 4000; second++) history.add(roomUpdate({ at: second * 1000 }));

  const kept = history.between(0, Infinity);

  assert.equal(kept.length, 1801);
  assert.equal(kept.at(-1)!.at, 3_999_000);
});

test("gives the seconds of a span", () => {
  const history = new RoomHistory();
  for (let second = 0; second < 10; second++) history.add(roomUpdate({ at: second * 1000 }));

  assert.deepEqual(history.between(3000, 5999).map(({ at }) => at), [3000, 4000, 5000]);
});

test("a server clock that is set back makes no second before the last", () => {
  const history = new RoomHistory();
  history.add(roomUpdate({ at: 9000 }));
  history.add(roomUpdate({ at: 4000 }));

  assert.deepEqual(history.between(0, Infinity).map(({ at }) => at), [9000]);
});
