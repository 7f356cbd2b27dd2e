import assert from "node:assert/strict";
import { test } from "node:test";
import { FlowControl } from "../../wwwroot/client/flowControl.ts";

test("take: returns nothing while all slots are taken, and skips no number", () => {
  const flow = new FlowControl(2);
  flow.take(0);
  flow.take(10);

  const refused = flow.take(20);
  flow.release(1, 30);
  const next = flow.take(40);

  assert.equal(refused, undefined);
  assert.equal(next, 3);
});

test("release: returns how long the answer took, in any order, only once", () => {
  const flow = new FlowControl(2);
  flow.take(100);
  flow.take(130);

  assert.equal(flow.release(2, 180), 50);
  assert.equal(flow.release(1, 200), 100);
  assert.equal(flow.release(1, 210), undefined);
  assert.equal(flow.unanswered, 0);
});

test("waitingFor: is the age of the oldest unanswered frame", () => {
  const flow = new FlowControl(3);
  flow.take(100);
  flow.take(200);
  flow.release(1, 250);

  assert.equal(flow.waitingFor(260), 60);
  flow.release(2, 270);
  assert.equal(flow.waitingFor(300), 0);
});

test("reset: forgets the frames of a broken connection and goes on counting", () => {
  const flow = new FlowControl(2);
  flow.take(0);
  flow.take(0);

  flow.reset();

  assert.equal(flow.holds(1), false);
  assert.equal(flow.release(1, 50), undefined);
  assert.equal(flow.take(60), 3);
});

test("reset: takes the server's limit, but never one that would stop everything", () => {
  const flow = new FlowControl(2);

  flow.reset(1);
  assert.equal(flow.take(0), 1);
  assert.equal(flow.take(0), undefined);
  flow.reset(0);
  assert.equal(flow.take(0), 2);
});
