import assert from "node:assert/strict";
import { test } from "node:test";
import { readSignal } from "../../wwwroot/client/callContracts.ts";

test("reads all valid parts of a signal", () => {
  const signal = {
    about: { camera: true, microphone: false, session: "abc" },
    description: { type: "offer", sdp: "v=0" },
    candidate: { candidate: "candidate:1", sdpMid: "0" },
    back: true,
  };

  assert.deepEqual(readSignal(JSON.stringify(signal)), signal);
});

test("ignores invalid parts", () => {
  for (const payload of ["", "nonsense", "null", "[]", "7", '{"description":{"type":"king","sdp":"v=0"}}', '{"description":{"type":"offer"}}', '{"back":1}']) {
    assert.deepEqual(readSignal(payload), {}, payload);
  }
});

test("converts claims of other browsers to plain values", () => {
  const about = { camera: "yes", microphone: 1, session: "x".repeat(10_000), name: "<b>" };

  assert.deepEqual(readSignal(JSON.stringify({ about })), { about: { camera: false, microphone: false, session: undefined } });
});
