import assert from "node:assert/strict";
import { test } from "node:test";
import { emotionLabels } from "../../wwwroot/client/contracts.ts";
import { Recorder } from "../../wwwroot/pages/live/recorder.ts";
import { measured, reading } from "./readings.ts";

const started = {
  sessionId: "s",
  resumeToken: "t",
  resumed: false,
  limits: { maxFrameBytes: 1, maxFrameSide: 1, maxUnanswered: 1, maxFramesPerSecond: 1, resumeWithinSeconds: 1 },
  model: { emotion: "e", face: "f" },
  labels: emotionLabels,
  correctable: true,
};

test("toCsv: one row a face, as many cells as the head, time in UTC", () => {
  const recorder = new Recorder();
  recorder.begin(started);
  recorder.add(measured({ faces: [reading(), reading({ id: 'a,"b"' })] }));
  recorder.add(measured({ sequence: 2, faces: [] }));

  const [head, first, second, end] = recorder.toCsv().split("\r\n");

  assert.equal(first!.split(",").length, head!.split(",").length);
  assert.ok(first!.startsWith("2026-01-02T03:04:05.678Z,1,1,0.25,0.25,0.5,0.5,0.9,1,happy,0.6,0.5,0.25,0.1,0.65"));
  assert.ok(second!.includes('"a,""b"""'));
  assert.equal(end, "");
});

test("toJson: every answer, those without a face too, and no heat maps", () => {
  const recorder = new Recorder();
  recorder.begin(started);
  recorder.add(measured({ faces: [reading({ heatmap: [1, 2, 3], confidence: 0.123456 })] }));
  recorder.add(measured({ sequence: 2, faces: [] }));

  const exported = JSON.parse(recorder.toJson());

  assert.equal(exported.answers.length, 2);
  assert.equal(exported.answers[0].faces[0].confidence, 0.1235);
  assert.equal("heatmap" in exported.answers[0].faces[0], false);
  assert.deepEqual(exported.model, started.model);
});

test("begin: a resumed session goes on, a new one starts empty", () => {
  const recorder = new Recorder();
  recorder.begin(started);
  recorder.add(measured());

  recorder.begin({ ...started, resumed: true });
  assert.equal(recorder.readings, 1);
  recorder.begin(started);
  assert.equal(recorder.readings, 0);
});

test("the oldest answers are dropped when there are too many", () => {
  const recorder = new Recorder();
  const faces = [reading()];
  for (let sequence = 1; sequence <= 108_001; sequence++) recorder.add(measured({ sequence, faces }));

  const exported = JSON.parse(recorder.toJson());

  assert.equal(recorder.readings, exported.answers.length);
  assert.ok(exported.answers[0].sequence > 1);
  assert.equal(exported.answers.at(-1).sequence, 108_001);
});
