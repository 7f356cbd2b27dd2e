import assert from "node:assert/strict";
import { test } from "node:test";
import { person, reading, roomUpdate } from "./readings.ts";

Object.defineProperty(globalThis, "navigator", { value: { languages: ["en"] } });
const { shownOf } = await import("../../wwwroot/pages/overlay/shown.ts");

test("a person's reading is as old as the server said when the update came", () => {
  const shown = shownOf(roomUpdate({ people: [person({ ageMs: 700 })] }), "ada", 50_000);

  assert.deepEqual([shown?.name, shown?.appearance, shown?.at], ["Ada", "appears happy 65%", 49_300]);
});

test("the room as a whole is as old as its update", () => {
  assert.equal(shownOf(roomUpdate(), undefined, 50_000)?.at, 50_000);
});

test("nothing is shown of somebody who is not there, not seen, or was never read", () => {
  const nobody = { ...roomUpdate().mood, people: 0 };

  assert.equal(shownOf(roomUpdate(), "Ben", 0), undefined);
  assert.equal(shownOf(roomUpdate({ people: [person({ dominant: null, faces: [] })] }), "Ada", 0), undefined);
  assert.equal(shownOf(roomUpdate({ people: [person({ dominant: null, faces: [], at: null, ageMs: null })] }), "Ada", 0), undefined);
  assert.equal(shownOf(roomUpdate({ people: [], mood: nobody }), undefined, 0), undefined);
});

test("what is too uncertain for a word is shown as unclear", () => {
  assert.equal(shownOf(roomUpdate({ people: [person({ faces: [reading({ unclear: true })] })] }), "Ada", 0)?.appearance, "unclear");
});
