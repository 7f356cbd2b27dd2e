import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf } from "../../wwwroot/kit/place.ts";

test("takes room and name from the page's address", () => {
  assert.deepEqual(placeOf("?room=team&name=Ada%20L"), { room: "team", name: "Ada L" });
});

test("a name without a room is no place", () => {
  assert.deepEqual(placeOf("?name=Ada"), {});
  assert.deepEqual(placeOf("?room=%20%20"), {});
});
