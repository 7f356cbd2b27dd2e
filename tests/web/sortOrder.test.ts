import assert from "node:assert/strict";
import { test } from "node:test";
import { nextOrder, sortPeople } from "../../wwwroot/pages/dashboard/sortOrder.ts";
import { person, reading } from "./readings.ts";

const valenceColumn = 3;
const people = [
  person({ id: "b", name: "Ben", faces: [reading({ valence: -0.5 })] }),
  person({ id: "badge", name: "Cem", share: "badge", faces: [] }),
  person({ id: "a", name: "Ada", faces: [reading({ valence: 0.5 })] }),
  person({ id: "unnamed", name: null, faces: [reading({ valence: 0 })] }),
];

function ids(order: Parameters<typeof sortPeople>[1]): string[] {
  return sortPeople(people, order).map(({ id }) => id);
}

test("names begin with A, and who has none comes last either way", () => {
  assert.deepEqual(ids({ column: 0, descending: false }), ["a", "b", "badge", "unnamed"]);
  assert.deepEqual(ids({ column: 0, descending: true }), ["badge", "b", "a", "unnamed"]);
});

test("figures begin with the largest, and who has none comes last either way", () => {
  assert.deepEqual(ids({ column: valenceColumn, descending: true }), ["a", "unnamed", "b", "badge"]);
  assert.deepEqual(ids({ column: valenceColumn, descending: false }), ["b", "unnamed", "a", "badge"]);
});

test("three clicks on one head go there, back, and to the order in which people came", () => {
  const first = nextOrder(undefined, valenceColumn);
  const second = nextOrder(first, valenceColumn);

  assert.deepEqual(first, { column: valenceColumn, descending: true });
  assert.deepEqual(second, { column: valenceColumn, descending: false });
  assert.equal(nextOrder(second, valenceColumn), undefined);
  assert.deepEqual(ids(undefined), ["b", "badge", "a", "unnamed"]);
});

test("a click on another head begins with that one", () => {
  assert.deepEqual(nextOrder({ column: valenceColumn, descending: true }, 0), { column: 0, descending: false });
});
