// Drives the hubs of the server at the address given as the argument with the official client and prints one JSON line for each scenario.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import signalR from "@microsoft/signalr";
import msgpack from "@microsoft/signalr-protocol-msgpack";

const server = process.argv[2];
const face = new Uint8Array(Buffer.from(readFileSync(0, "utf8"), "base64"));
const PING = 6, CLOSE = 7, ACK = 8;

/** The official protocol, which also remembers the types of the messages that it received. */
class ListeningProtocol extends msgpack.MessagePackHubProtocol {
  received = [];
  parseMessages(input, logger) {
    const messages = super.parseMessages(input, logger);
    this.received.push(...messages.map((message) => message.type));
    return messages;
  }
}

async function connect(hub, protocol = new ListeningProtocol(), configure = (builder) => builder) {
  const builder = new signalR.HubConnectionBuilder()
    .withUrl(`${server}/hubs/${hub}`, { transport: signalR.HttpTransportType.WebSockets })
    .withHubProtocol(protocol)
    .configureLogging(signalR.LogLevel.None);
  const connection = configure(builder).build();
  connection.keepAliveIntervalInMilliseconds = 200;
  connection.serverTimeoutInMilliseconds = 4000;
  connection.answers = [];
  for (const name of ["Measured", "Rejected", "Joined", "Left", "Signalled"]) {
    connection.on(name, (...args) => connection.answers.push({ name, args }));
  }
  await connection.start();
  return { connection, protocol, [Symbol.asyncDispose]: () => connection.stop() };
}

async function next(connection, name) {
  for (let waited = 0; waited < 15000 && connection.answers.length === 0; waited += 5) await delay(5);
  const answer = connection.answers.shift();
  assert.equal(answer?.name, name);
  return answer.args.length === 1 ? answer.args[0] : answer.args;
}

function collect(stream, count = Infinity) {
  const items = [];
  return new Promise((resolve) => {
    const subscription = stream.subscribe({
      next: (item) => {
        if (items.push(item) === count) {
          subscription.dispose();
          resolve({ items });
        }
      },
      complete: () => resolve({ items }),
      error: (error) => resolve({ items, error }),
    });
  });
}

const closed = (connection) => new Promise((resolve) => connection.onclose(resolve));
const hello = { purpose: "personal", consent: true };
const faceMembers = [
  "id", "box", "points", "confidence", "age", "emotions", "still", "dominant", "certainty", "valence", "arousal", "pose",
];

/** What a client sees of a session, with what differs from one session to the next taken out. */
async function sessionIn(protocol) {
  await using(await connect("camera", protocol), async ({ connection }) => {
    const started = await connection.invoke("Start", { ...hello, wantHeatmap: true });
    const bytes = protocol.name === "json" ? Buffer.from(face).toString("base64") : face;
    await connection.send("SubmitFrame", 1, 2.5, bytes);
    sessionIn.last = shape({ started, measured: await next(connection, "Measured") });
  });
  return sessionIn.last;
}

async function using(resource, use) {
  try {
    return await use(resource);
  } finally {
    await resource[Symbol.asyncDispose]();
  }
}

/** The names and kinds of everything in a value, with every text that is no secret. */
function shape(value) {
  if (Array.isArray(value)) return value.map(shape);
  if (value === null || typeof value !== "object") return typeof value === "string" ? (value.length < 16 ? value : "text") : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shape(member)]));
}

const scenarios = {
  async "frames are measured"() {
    await using(await connect("camera"), async ({ connection }) => {
      const started = await connection.invoke("Start", { ...hello, wantHeatmap: true, unknown: { deep: [1, { x: 2 }] } });
      assert.deepEqual(Object.keys(started), ["sessionId", "resumeToken", "resumed", "limits", "model", "labels", "correctable"]);
      assert.equal(started.labels[1], "happy");
      await connection.send("SubmitFrame", 2 ** 40, performance.now(), face);
      const measured = await next(connection, "Measured");
      assert.deepEqual(Object.keys(measured), ["sequence", "capturedAt", "width", "height", "faces", "timings"]);
      assert.deepEqual([measured.sequence, measured.faces.length], [2 ** 40, 1]);
      assert.deepEqual(Object.keys(measured.faces[0]), [...faceMembers.slice(0, -1), "heatmap", "pose"]);
      assert.equal(measured.faces[0].dominant, "happy");
      assert.equal(measured.faces[0].heatmap.length, 36);
    });
  },

  async "members that are left out"() {
    await using(await connect("camera"), async ({ connection }) => {
      await connection.invoke("Start", hello);
      await connection.send("SubmitFrame", 1, 2, face);
      assert.deepEqual(Object.keys((await next(connection, "Measured")).faces[0]), faceMembers);
    });
  },

  async "the same in JSON"() {
    const spoken = await sessionIn(new signalR.JsonHubProtocol());
    assert.deepEqual(await sessionIn(new ListeningProtocol()), spoken);
  },

  async "frames of every length"() {
    await using(await connect("camera"), async ({ connection }) => {
      await connection.invoke("Start", hello);
      for (const length of [0, 1, 255, 256, 65535, 65536, 300000]) {
        await connection.invoke("SubmitFrame", length, 1.5, Uint8Array.from({ length }, (_, i) => i % 251));
        const rejected = await next(connection, "Rejected");
        assert.deepEqual([rejected.sequence, rejected.reason], [length, "undecodable"]);
      }
      await connection.send("SubmitFrame", 7, 1, null);
      assert.equal((await next(connection, "Rejected")).sequence, 7);
      await connection.send("SubmitFrame", 8, 1, new Uint8Array(530000));
      assert.equal((await next(connection, "Rejected")).reason, "too_large");
    });
  },

  async "errors"() {
    await using(await connect("camera"), async ({ connection }) => {
      await connection.send("SubmitFrame", 1, 2, face);
      assert.equal((await next(connection, "Rejected")).reason, "not_started");
      await assert.rejects(connection.invoke("Start", { purpose: "personal" }), /consent_required/);
      await assert.rejects(connection.invoke("Start", null), /bad_request/);
      await assert.rejects(connection.invoke("NoSuchMethod"), /NoSuchMethod|does not exist/);
      await assert.rejects(connection.invoke("SetRestFace", [1, 2]), /bad_rest_face/);
      await connection.invoke("Start", { ...hello, restFace: [1, 0, 0, 0, 0, 0, 0, 0], share: "badge" });
    });
  },

  async "binding failures"() {
    await using(await connect("camera"), async ({ connection }) => {
      await assert.rejects(connection.invoke("SubmitFrame", "one", 2, face), /Failed to invoke 'SubmitFrame'/);
      await assert.rejects(connection.invoke("SubmitFrame", 1.5, 2, face), /Failed to invoke 'SubmitFrame'/);
      await assert.rejects(connection.invoke("SubmitFrame", 1), /Failed to invoke 'SubmitFrame'/);
      await assert.rejects(connection.invoke("SubmitFrame", 1, 2, face, 3), /Failed to invoke 'SubmitFrame'/);
      await assert.rejects(connection.invoke("SubmitFrame", 1, 2, "no frame"), /Failed to invoke 'SubmitFrame'/);
      await assert.rejects(connection.invoke("Start", { ...hello, purpose: "nonsense" }), /Failed to invoke 'Start'/);
      await assert.rejects(connection.invoke("Start", { ...hello, consent: "yes" }), /Failed to invoke 'Start'/);
      await connection.invoke("Start", hello);
    });
  },

  async "stream to the client"() {
    await using(await connect("camera"), async ({ connection: camera }) => using(await connect("room"), async ({ connection: viewer }) => {
      await camera.invoke("Start", { ...hello, room: "streamed", name: "größer 😀" });
      await camera.send("SubmitFrame", 1, 2, face);
      await next(camera, "Measured");
      const { items: [update] } = await collect(viewer.stream("Watch", { room: "streamed" }), 1);
      assert.deepEqual(Object.keys(update), ["room", "at", "people", "mood"]);
      assert.deepEqual(Object.keys(update.people[0]), ["id", "name", "share", "dominant", "faces", "at", "ageMs"]);
      assert.deepEqual([update.people[0].name, update.people[0].share], ["größer 😀", "full"]);
      assert.deepEqual(Object.keys(update.mood), ["emotions", "valence", "arousal", "positive", "neutral", "negative", "agreement", "people"]);
    }));
  },

  async "stream that fails"() {
    await using(await connect("room"), async ({ connection }) => {
      assert.match((await collect(connection.stream("Watch", { room: "r", rateHz: 99 }))).error.message, /bad_rate/);
      assert.match((await collect(connection.stream("Watch", { room: "r", rateHz: "many" }))).error.message, /Failed to invoke 'Watch'/);
    });
  },

  async "stream that is cancelled"() {
    await using(await connect("room"), async ({ connection }) => {
      // More than one connection may watch at a time, so each must have ended.
      for (let i = 0; i < 30; i++) {
        assert.equal((await collect(connection.stream("Watch", { room: "cancelled", rateHz: 30 }), 1)).items.length, 1);
        await delay(60);
      }
    });
  },

  async "a call of two"() {
    await using(await connect("room"), async ({ connection: ann }) => using(await connect("room"), async ({ connection: ben }) => {
      const first = await ann.invoke("Join", { room: "call", name: "Ann" });
      assert.deepEqual([first.others, first.resumed], [[], false]);
      const second = await ben.invoke("Join", { room: "call" });
      assert.deepEqual(second.others, [{ id: first.id, name: "Ann" }]);
      assert.deepEqual(await next(ann, "Joined"), { id: second.id, name: null });
      const payload = "текст 😀".repeat(1000);
      await ben.invoke("Signal", first.id, payload);
      assert.deepEqual(await next(ann, "Signalled"), [second.id, payload]);
      await ben.invoke("Leave");
      assert.equal(await next(ann, "Left"), second.id);
    }));
  },

  // Both ends give up after four silent seconds, so five idle ones are only survived by pings in both directions.
  async "keep-alive"() {
    await using(await connect("camera"), async ({ connection, protocol }) => {
      await delay(5000);
      assert.equal(connection.state, signalR.HubConnectionState.Connected);
      await connection.invoke("Stop");
      assert.ok(protocol.received.filter((type) => type === PING).length >= 3);
    });
  },

  async "close by the server"() {
    await using(await connect("camera"), async ({ connection, protocol }) => using(await connect("camera"), async ({ connection: taker }) => {
      const { resumeToken } = await connection.invoke("Start", hello);
      const end = closed(connection);
      assert.equal((await taker.invoke("Start", { ...hello, resumeToken })).resumed, true);
      await end;
      assert.ok(protocol.received.includes(CLOSE));
    }));
  },

  async "close by the client"() {
    await using(await connect("camera"), async ({ connection }) => {
      const end = closed(connection);
      await connection.stop();
      assert.equal(await end, undefined);
    });
  },

  async "broken bytes"() {
    await using(await connect("camera"), async ({ connection, protocol }) => {
      const end = closed(connection);
      await connection.connection.send(new Uint8Array([3, 0x92, 0x01, 0xc1]).buffer);
      assert.match((await end).message, /Server returned an error on close/);
      assert.ok(protocol.received.includes(CLOSE));
    });
  },

  async "messages over the limit"() {
    await using(await connect("camera"), async ({ connection }) => {
      const end = closed(connection);
      connection.send("SubmitFrame", 1, 2, new Uint8Array(1 << 21)).catch(() => { });
      assert.match((await end).message, /Server returned an error on close/);
    });
  },

  async "stateful reconnect"() {
    await using(await connect("room", new ListeningProtocol(), (builder) => builder.withStatefulReconnect()), async ({ connection, protocol }) => {
      await connection.invoke("Join", { room: "reconnected" });
      for (let waited = 0; waited < 10000 && !protocol.received.includes(ACK); waited += 50) await delay(50);
      assert.ok(protocol.received.includes(ACK), "the server acknowledges");
      const id = connection.connectionId;
      // Not close(): a proper farewell would tell the server that nobody means to come back.
      connection.connection.transport._webSocket.terminate();
      await connection.invoke("Leave");
      assert.equal(connection.connectionId, id);
    });
  },
};

async function run(name) {
  let error = null;
  try {
    await scenarios[name]();
  } catch (failure) {
    error = String(failure?.stack ?? failure);
  }
  console.log(JSON.stringify({ name, error }));
}

await Promise.all(Object.keys(scenarios).map(run));
process.exit(0);
