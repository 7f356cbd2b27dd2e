import assert from "node:assert/strict";
import { test } from "node:test";
import { mainFace } from "../../wwwroot/client/roomContracts.ts";
import { person, reading } from "./readings.ts";

test("of faces equally sure, the main one is the largest", () => {
  const behind = reading({ id: "1", box: [0, 0, 0.1, 0.1] });
  const front = reading({ id: "2", box: [0.4, 0.2, 0.3, 0.4] });

  assert.equal(mainFace(person({ faces: [behind, front] }))?.id, "2");
});

test("a larger face that is much less sure is not the main one", () => {
  const sure = reading({ id: "1", confidence: 0.98, box: [0, 0, 0.3, 0.3] });
  const unsure = reading({ id: "2", confidence: 0.62, box: [0.4, 0.2, 0.35, 0.35] });

  assert.equal(mainFace(person({ faces: [unsure, sure] }))?.id, "1");
});

test("nobody in the picture is no face", () => {
  assert.equal(mainFace(person({ faces: [] })), undefined);
});
