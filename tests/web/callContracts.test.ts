import assert from "node:assert/strict";
import { test } from "node:test";
import { readSignal } from "../../wwwroot/client/callContracts.ts";

test("takes what makes sense, of which there may be several things", () => {
  const signal = {
    about: { camera: true, microphone: false, session: "abc" },
    description: { type: "offer", sdp: "v=0" },
    candidate: { candidate: "candidate:1", sdpMid: "0" },
    back: true,
  };

  assert.deepEqual(readSignal(JSON.stringify(signal)), signal);
});

test("leaves what makes no sense, whoever sent it", () => {
  for (const payload of ["", "nonsense", "null", "[]", "7", '{"description":{"type":"king","sdp":"v=0"}}', '{"description":{"type":"offer"}}', '{"back":1}']) {
    assert.deepEqual(readSignal(payload), {}, payload);
  }
});

test("believes nobody's claim to be more than words", () => {
  const about = { camera: "yes", microphone: 1, session: "x".repeat(10_000), name: "<b>" };

  assert.deepEqual(readSignal(JSON.stringify({ about })), { about: { camera: false, microphone: false, session: undefined } });
});
