import assert from "node:assert/strict";
import test from "node:test";

Object.defineProperty(globalThis, "navigator", { value: { languages: ["fr-FR", "de-AT", "en-US"] } });
const { decimal, fixed, number, percent, signed } = await import("../../wwwroot/kit/numbers.ts");

test("figures are written as the first language that the pages speak writes them", () => {
  assert.deepEqual([percent(0.125), percent(0.96, 0), number(12345), decimal(1.5)], ["12,5\u00a0%", "96\u00a0%", "12.345", "1,5"]);
});

test("figures keep the digits asked for, and their sign only where something is left of them", () => {
  assert.deepEqual([fixed(0.25, 1), fixed(-0.04, 1), fixed(-1.26, 1), fixed(12.4, 0)], ["0,3", "0,0", "\u22121,3", "12"]);
  assert.deepEqual([signed(0.004, 2), signed(0.126, 2), signed(-0.5, 2)], ["0,00", "+0,13", "\u22120,50"]);
});
