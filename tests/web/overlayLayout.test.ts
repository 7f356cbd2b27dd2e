import assert from "node:assert/strict";
import { test } from "node:test";
import { placeLabel, placePanel } from "../../wwwroot/client/overlayLayout.ts";

const picture = { width: 640, height: 480 };
const face = { x: 200, y: 150, width: 120, height: 160 };
const label = { width: 150, height: 24 };
const panel = { width: 140, height: 130 };

test("a label stands above its face", () => {
  assert.deepEqual(placeLabel(face, label, 6, picture, []), { x: 200, y: 120, ...label });
});

test("a label evades what is above its face to the foot, then to the other side, then a row further out", () => {
  const above = { x: 250, y: 117, width: 50, height: 40 };
  const below = { x: 250, y: 310, width: 50, height: 170 };

  assert.equal(placeLabel(face, label, 6, picture, [above]).y, 316);
  assert.deepEqual(placeLabel(face, label, 6, picture, [{ ...above, x: 325 }, { ...below, x: 325 }]), { x: 170, y: 120, ...label });
  assert.equal(placeLabel(face, label, 6, picture, [above, below]).y, 90);
  assert.equal(placeLabel(face, label, 6, picture, [{ x: 0, y: 0, ...picture }]).y, 120);
});

test("a label stays inside the picture at every corner", () => {
  for (const x of [-60, 600]) {
    for (const y of [-80, 400]) {
      const place = placeLabel({ ...face, x, y }, label, 6, picture, []);

      assert.ok(place.x >= 0 && place.x + place.width <= picture.width, JSON.stringify(place));
      assert.ok(place.y >= 0 && place.y + place.height <= picture.height, JSON.stringify(place));
    }
  }
});

test("a panel takes the side with more room, and the other if a face is there", () => {
  assert.equal(placePanel(face, panel, 8, picture, [])?.x, 328);
  assert.equal(placePanel({ ...face, x: 340 }, panel, 8, picture, [])?.x, 192);
  assert.equal(placePanel(face, panel, 8, picture, [{ x: 400, y: 150, width: 100, height: 100 }])?.x, 52);
});

test("a panel is not placed where it would leave the picture", () => {
  assert.equal(placePanel({ x: 100, y: 20, width: 440, height: 440 }, panel, 8, picture, []), undefined);
});
