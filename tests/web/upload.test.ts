import assert from "node:assert/strict";
import { test } from "node:test";
import { toCsv, toJson } from "../../wwwroot/pages/upload/exportRows.ts";
import { moodFrom, pureMood } from "../../wwwroot/kit/recommendations/mood.ts";
import { ranking } from "../../wwwroot/kit/ranking.ts";
import { sureness } from "../../wwwroot/pages/upload/sureness.ts";
import type { StillFace } from "../../wwwroot/client/stills.ts";

const face: StillFace = {
  id: "1",
  box: [0.1, 0.2, 0.3, 0.4],
  points: null,
  confidence: 0.98765,
  emotions: [0.1, 0.6, 0, 0.3, 0, 0, 0, 0],
  dominant: "happy",
  certainty: 0.6,
  valence: 0.27,
  arousal: 0.12,
  heatmap: [1],
};
const timings = { queued: 0, decode: 0, detect: 0, infer: 0 };
const pictures = [
  { name: "=two.jpg", reading: { width: 640, height: 480, faces: [face, { ...face, id: "2" }], timings, correctable: false } },
  { name: "wall.png", reading: { width: 320, height: 240, faces: [], timings, correctable: false } },
];

test("bars are ranked by share, equal ones in the labels' own order", () => {
  assert.deepEqual(
    ranking(face.emotions).map(({ label }) => label),
    ["happy", "sad", "neutral", "surprise", "angry", "disgust", "fear", "contempt"],
  );
});

test("certainty becomes one of three words, with what comes second", () => {
  assert.deepEqual(sureness(0.8, face.emotions), { step: "high", second: "sad" });
  assert.deepEqual(sureness(0.6, face.emotions), { step: "fair", second: "sad" });
  assert.deepEqual(sureness(0.49, face.emotions), { step: "low", second: "sad" });
});

test("the table has a row for every face, one for a picture without any, and no formula for a spreadsheet to run", () => {
  const [head, ...rows] = toCsv(pictures).trimEnd().split("\r\n");

  assert.ok(head!.startsWith("picture,picture_width,picture_height,face,x,y,"));
  assert.deepEqual(rows.map((row) => row.split(",").length), [21, 21, 21]);
  assert.equal(head!.split(",").length, 21);
  assert.ok(rows[0]!.startsWith("'=two.jpg,640,480,1,0.1,0.2,0.3,0.4,0.9877,happy,0.6,"));
  assert.ok(rows[2]!.startsWith("wall.png,320,240,,"));
});

test("the JSON has the same without heat maps", () => {
  const written = JSON.parse(toJson(pictures)) as { pictures: { name: string; faces: object[] }[] };

  assert.deepEqual(written.pictures.map(({ name, faces }) => [name, faces.length]), [["=two.jpg", 2], ["wall.png", 0]]);
  assert.ok(!toJson(pictures).includes("heatmap"));
});

test("a mood is told by label, a chosen one as that label alone", () => {
  assert.equal(moodFrom(face.emotions).sad, 0.3);
  assert.deepEqual(moodFrom(pureMood("fear")), { neutral: 0, happy: 0, surprise: 0, sad: 0, angry: 0, disgust: 0, fear: 1, contempt: 0 });
});
