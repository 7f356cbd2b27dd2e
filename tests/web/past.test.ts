import assert from "node:assert/strict";
import { test } from "node:test";
import type { HistoryReading } from "../../wwwroot/client/contracts.generated.ts";
import { peopleOf } from "../../wwwroot/pages/dashboard/pastPeople.ts";
import { secondsOf } from "../../wwwroot/pages/dashboard/pastSeconds.ts";
import { stackedColumns } from "../../wwwroot/pages/dashboard/stackedColumns.ts";

function reading(at: number, person: string, happy: number): HistoryReading {
  return { at, room: "team", dominant: happy > 0.5 ? "happy" : "neutral", person, name: person.toUpperCase(), emotions: [1 - happy, happy, 0, 0, 0, 0, 0, 0], valence: happy, arousal: 0, certainty: 0.8, readings: 1 };
}

test("the past has for each time its people, and the room as their mean", () => {
  const seconds = secondsOf([reading(0, "a", 1), reading(0, "b", 0), reading(2000, "a", 0.5)]);

  assert.deepEqual(seconds.map((second) => [second.at, second.people.size, second.room.values[1]]), [[0, 2, 0.5], [2000, 1, 0.5]]);
  assert.equal(seconds[0]?.people.get("b")?.name, "B");
  assert.equal(seconds[0]?.people.get("b")?.mean.values[0], 1);
  assert.deepEqual(secondsOf([]), []);
});

test("the people of the past are those who were seen, each with the mean of all that was read", () => {
  const people = peopleOf([reading(0, "a", 1), reading(0, "b", 0), { ...reading(2000, "a", 0.2), readings: 3, name: "Ann" }]);

  assert.deepEqual(people.map(({ id, name, dominant, at }) => [id, name, dominant, at]), [["a", "Ann", "neutral", 2000], ["b", "B", "neutral", 0]]);
  assert.deepEqual(people[0]?.faces[0]?.emotions.map((share) => Number(share.toFixed(9))), [0.6, 0.4, 0, 0, 0, 0, 0, 0]);
  assert.equal(people[0]?.faces[0]?.certainty, 0.8);
  assert.deepEqual(peopleOf([]), []);
});

test("sparse readings stay connected with a larger gap", () => {
  const seconds = secondsOf([reading(0, "a", 1), reading(5000, "a", 1)]);

  assert.equal(stackedColumns(seconds, (second) => second.room)[0].length, 3);
  assert.equal(stackedColumns(seconds, (second) => second.room, 10_000)[0].length, 2);
});
