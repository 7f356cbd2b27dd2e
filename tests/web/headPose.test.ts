import assert from "node:assert/strict";
import { test } from "node:test";
import { headPose } from "../../wwwroot/kit/headPose.ts";

const words = {
  straight: "straight",
  head: (turns: string) => `head ${turns}`,
  left: (degrees: number) => `left ${degrees}`,
  right: (degrees: number) => `right ${degrees}`,
  up: (degrees: number) => `up ${degrees}`,
  down: (degrees: number) => `down ${degrees}`,
  leftTilt: (degrees: number) => `tilted left ${degrees}`,
  rightTilt: (degrees: number) => `tilted right ${degrees}`,
};

test("a head that is off by less than the error is straight", () => {
  assert.equal(headPose({ yaw: 7, pitch: -7, roll: 3 }, words), "straight");
});

test("left and right are the person's own", () => {
  assert.equal(headPose({ yaw: 20.4, pitch: 0, roll: 0 }, words), "head left 20");
  assert.equal(headPose({ yaw: -20.4, pitch: 10, roll: 0 }, words), "head right 20, up 10");
  assert.equal(headPose({ yaw: 0, pitch: -15, roll: 12 }, words), "head down 15, tilted left 12");
  assert.equal(headPose({ yaw: 0, pitch: 0, roll: -12 }, words), "head tilted right 12");
});
