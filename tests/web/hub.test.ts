import assert from "node:assert/strict";
import { test } from "node:test";
import { refusal } from "../../wwwroot/client/hub.ts";

const said = (text: string) => refusal(new Error(`An unexpected error occurred invoking 'Start' on the server. HubException: ${text}`));

test("a refusal has a code and a sentence", () => {
  const { problem, code, message, elsewhere } = said("purpose_refused: Not here.");

  assert.deepEqual([problem, code, message, elsewhere], ["refused", "purpose_refused", "Not here.", undefined]);
});

test("a full server may name another one", () => {
  assert.equal(said("busy: The server is full. Another one has room: https://node-2.example.org:5443").elsewhere, "https://node-2.example.org:5443");
  assert.equal(said("busy: The server is full. Try again later.").elsewhere, undefined);
});

test("no other refusal leads elsewhere", () => {
  assert.equal(said("room_full: Go to: https://evil.example.org").elsewhere, undefined);
});
