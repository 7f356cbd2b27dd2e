import assert from "node:assert/strict";
import { test } from "node:test";
import { TimelineData } from "../../wwwroot/pages/live/timelineData.ts";

const emotions = [0.3, 0.7, 0, 0, 0, 0, 0, 0];

test("keeps the window and little more, however long it runs", () => {
  const data = new TimelineData(60);
  for (let second = 0; second < 3600; second += 0.1) data.add(second, emotions);

  const [times, ...values] = data.columns();

  assert.ok(times[0]! < 3540 && times[0]! > 3530, String(times[0]));
  assert.equal(values.length, 8);
  for (const column of values) assert.equal(column.length, times.length);
});

test("breaks the line where the face was away", () => {
  const data = new TimelineData(60);
  data.add(1, emotions);
  data.add(5, emotions);

  const [times, , happy] = data.columns();

  assert.deepEqual(happy, [0.7, null, 0.7]);
  assert.deepEqual([times[0], times[2]], [1, 5]);
});

test("ignores a reading that is not newer", () => {
  const data = new TimelineData(60);
  data.add(2, emotions);
  data.add(1, emotions);

  assert.deepEqual(data.columns()[0], [2]);
});
