import assert from "node:assert/strict";
import { test } from "node:test";
import { fromGray } from "../../wwwroot/kit/corrections/drawFace.ts";

test("gray pixels become opaque RGBA pixels, row by row", () => {
  const { side, rgba } = fromGray(btoa(String.fromCharCode(0, 1, 128, 255)));

  assert.equal(side, 2);
  assert.deepEqual([...rgba], [0, 0, 0, 255, 1, 1, 1, 255, 128, 128, 128, 255, 255, 255, 255, 255]);
});
