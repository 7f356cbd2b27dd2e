import assert from "node:assert/strict";
import { test } from "node:test";
import { RoomHistory } from "../../wwwroot/pages/dashboard/roomHistory.ts";
import { shareAt, stackedColumns } from "../../wwwroot/pages/dashboard/stackedColumns.ts";
import { reading, roomUpdate } from "./readings.ts";

function columnsOf(...seconds: number[]) {
  const history = new RoomHistory();
  for (const second of seconds) history.add(roomUpdate({ at: second * 1000 }));
  return stackedColumns(history.between(0, Infinity), (second) => second.room);
}

test("each column is the stack up to its emotion, the last one the whole", () => {
  const [times, ...stacks] = columnsOf(1, 2);

  assert.deepEqual(times, [1, 2]);
  assert.equal(stacks.length, 8);
  for (const index of [0, 1]) {
    stacks.slice(1).forEach((stack, below) => assert.ok(stack[index]! >= stacks[below]![index]!));
    assert.ok(Math.abs(stacks[7]![index]! - 1) < 1e-9);
  }
});

test("gives each emotion's own share back", () => {
  const columns = columnsOf(1);

  reading().emotions.forEach((share, emotion) => assert.ok(Math.abs(shareAt(columns, emotion, 0)! - share) < 1e-9));
});

test("is broken where nothing was seen", () => {
  const columns = columnsOf(1, 2, 20);

  assert.deepEqual(columns[0], [1, 2, 3.5, 20]);
  assert.equal(columns[1]![2], null);
  assert.equal(shareAt(columns, 0, 2), null);
});
