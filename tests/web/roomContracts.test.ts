import assert from "node:assert/strict";
import { test } from "node:test";
import { mainFace } from "../../wwwroot/client/roomContracts.ts";
import { person, reading } from "./readings.ts";

test("a person's face is the largest in the picture", () => {
  const behind = reading({ id: "1", box: [0, 0, 0.1, 0.1] });
  const front = reading({ id: "2", box: [0.4, 0.2, 0.3, 0.4] });

  assert.equal(mainFace(person({ faces: [behind, front] }))?.id, "2");
});

test("nobody in the picture is no face", () => {
  assert.equal(mainFace(person({ faces: [] })), undefined);
});
