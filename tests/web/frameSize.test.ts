import assert from "node:assert/strict";
import { test } from "node:test";
import { encodedSize } from "../../wwwroot/client/frameSize.ts";

const cases = [
  { name: "a wide camera", from: [1280, 720], longSide: 640, to: [640, 360] },
  { name: "an upright phone", from: [720, 1280], longSide: 640, to: [360, 640] },
  { name: "a small picture is not enlarged", from: [200, 100], longSide: 640, to: [200, 100] },
  { name: "odd sides become even", from: [333, 251], longSide: 640, to: [334, 252] },
  { name: "a strip keeps some height", from: [4000, 3], longSide: 320, to: [320, 2] },
] as const;

for (const { name, from, longSide, to } of cases) {
  test(`encodedSize: ${name}`, () => {
    const size = encodedSize(from[0], from[1], longSide);

    assert.deepEqual([size.width, size.height], to);
  });
}
