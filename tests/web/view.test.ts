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

test("who leaves the room is gone from a paused view too", () => {
  const view = new View();
  view.add(roomUpdate({ people: [person(), person({ id: "b" })] }), 0);
  view.pause(100);
  view.add(roomUpdate({ people: [person({ id: "b" })] }), 200);

  assert.deepEqual(view.update!.people.map(({ id }) => id), ["b"]);
});
