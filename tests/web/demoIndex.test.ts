import assert from "node:assert/strict";
import { test } from "node:test";
import { demoSequence } from "../../wwwroot/client/demoIndex.ts";

test("goes through all expressions in the labels' order, then again with the next composites", () => {
  const index = {
    emotions: { sad: ["s1"], happy: ["h1", "h2"], neutral: ["n1", "n2"], bored: ["b1"] },
    people: { n1: 50, n2: 60, h1: 70, h2: 80, s1: 90 },
  };

  const sequence = demoSequence(index);

  assert.deepEqual(sequence.map((face) => face.file), ["n1", "h1", "s1", "n2", "h2", "s1"]);
  assert.deepEqual(sequence.map((face) => face.people), [50, 70, 90, 60, 80, 90]);
});

test("an index without composites gives an empty sequence", () => {
  assert.deepEqual(demoSequence({ emotions: {}, people: {} }), []);
});
