import assert from "node:assert/strict";
import { test } from "node:test";
import { View } from "../../wwwroot/pages/dashboard/view.ts";
import { person, roomUpdate } from "./readings.ts";

test("the span ends now by the server's clock and is as long as the zoom says", () => {
  const view = new View();
  view.add(roomUpdate({ at: 10_000_000 }), 500);
  view.zoom = 5;

  assert.deepEqual(view.span(2500), { from: 10_002_000 - 300_000, to: 10_002_000 });
});

test("there is no span before the first update, and nothing to pause", () => {
  const view = new View();
  view.pause(0);

  assert.equal(view.span(0), undefined);
  assert.equal(view.paused, false);
});

test("a pause holds the span and the readings while the room goes on", () => {
  const view = new View();
  view.add(roomUpdate({ at: 10_000_000 }), 0);
  view.pause(100);
  view.add(roomUpdate({ at: 10_060_000 }), 60_000);

  assert.equal(view.span(60_000)!.to, 10_000_100);
  assert.equal(view.update!.at, 10_000_000);
  view.resume();
  assert.equal(view.update!.at, 10_060_000);
});

test("a person who leaves disappears from a paused view, too", () => {
  const view = new View();
  view.add(roomUpdate({ people: [person(), person({ id: "b" })] }), 0);
  view.pause(100);
  view.add(roomUpdate({ people: [person({ id: "b" })] }), 200);

  assert.deepEqual(view.update!.people.map(({ id }) => id), ["b"]);
});

test("a reading ages between updates and is removed after two seconds", () => {
  const view = new View();
  view.add(roomUpdate({ at: 10_000_000, people: [person({ ageMs: 300 })] }), 0);

  assert.deepEqual(view.people(100).map(({ ageMs, dominant }) => [ageMs, dominant]), [[400, "happy"]]);
  assert.deepEqual(view.people(1700).map(({ ageMs, faces }) => [ageMs, faces.length]), [[2000, 1]]);
  assert.deepEqual(view.people(1701).map(({ name, ageMs, dominant, faces }) => [name, ageMs, dominant, faces.length]), [["Ada", 2001, null, 0]]);
  assert.equal(view.moodAge(1701), 1701);
});

test("a paused view does not age, and shows a reading as old as it was then", () => {
  const view = new View();
  view.add(roomUpdate({ at: 10_000_000, people: [person({ ageMs: 300 })] }), 0);
  view.pause(600);

  assert.equal(view.people(60_000)[0]!.ageMs, 900);
  assert.equal(view.moodAge(60_000), 600);
});
