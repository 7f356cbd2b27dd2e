import assert from "node:assert/strict";
import { test } from "node:test";
import { findPerson, overlaySettings } from "../../wwwroot/pages/overlay/settings.ts";
import { person } from "./readings.ts";

test("takes everything from the address", () => {
  const settings = overlaySettings("?room=team&person=Ada&position=top-right&size=large&show=name,%20mix&token=t");

  assert.deepEqual({ ...settings, show: [...settings.show] }, { room: "team", token: "t", person: "Ada", position: "top-right", size: 1.5, show: ["name", "mix"] });
});

test("uses defaults for what is missing or invalid", () => {
  for (const address of ["?room=team", "?room=team&person=&position=middle&size=huge&show=nothing"]) {
    const settings = overlaySettings(address);

    assert.deepEqual([settings.person, settings.position, settings.size, [...settings.show]], [undefined, "bottom-left", 1, ["name", "appearance", "bars"]]);
  }
});

for (const [text, size] of [["2", 2], ["0.01", 0.5], ["99", 5], ["-1", 1], ["small", 0.75]] as const) {
  test(`size=${text} is ${size}`, () => assert.equal(overlaySettings(`?size=${text}`).size, size));
}

test("finds a person by id before name, and by name in upper or lower case", () => {
  const people = [person({ id: "1", name: "b" }), person({ id: "2", name: "Ada" }), person({ id: "b", name: null })];

  assert.equal(findPerson(people, "ADA")?.id, "2");
  assert.equal(findPerson(people, "b")?.id, "b");
  assert.equal(findPerson(people, "Grace"), undefined);
});
