// Drives the hub at the address given as the argument with the official client and prints one JSON line for each scenario.
import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import signalR from "@microsoft/signalr";
import msgpack from "@microsoft/signalr-protocol-msgpack";

const url = process.argv[2];
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

function build(transport = signalR.HttpTransportType.WebSockets, configure = (builder) => builder) {
  const protocol = new ListeningProtocol();
  const builder = new signalR.HubConnectionBuilder()
    .withUrl(url, { transport })
    .withHubProtocol(protocol)
    .configureLogging(signalR.LogLevel.None);
  const connection = configure(builder).build();
  return { connection, protocol };
}

function collect(stream) {
  const items = [];
  return new Promise((resolve) => stream.subscribe({
    next: (item) => items.push(item),
    complete: () => resolve({ items }),
    error: (error) => resolve({ items, error }),
  }));
}

const closed = (connection) => new Promise((resolve) => connection.onclose(resolve));

const reading = {
  sequence: 12345678901, capturedAt: 1760000000123.5, id: "face-1", emotions: [0, 0.5, 1], reason: "too_large",
  points: [{ x: 1, y: 2.5 }], detail: "größer", age: 3, heat_map: new Uint8Array([1, 2, 3]), attempts: 4, isLate: true,
};

const scenarios = {
  async "values both ways"({ connection }) {
    assert.equal(await connection.invoke("Add", 2, -5), -3);
    assert.equal(await connection.invoke("Nothing"), null);
    assert.equal(await connection.invoke("Null"), null);
    for (const value of [0, -1, 200, 70000, 2 ** 40, -(2 ** 40), 0.25, "", "текст 😀", true, null, [], [1, ["x"]], { a: { b: null } }]) {
      assert.deepEqual(await connection.invoke("EchoObject", value), value);
      assert.deepEqual(await connection.invoke("EchoJson", value), value);
    }
    const date = new Date("2026-02-03T04:05:06.789Z");
    assert.deepEqual(await connection.invoke("EchoDate", date), date);
    const long = "x".repeat(70000);
    assert.equal(await connection.invoke("EchoObject", long), long);
  },

  async "contracts both ways"({ connection }) {
    const echoed = await connection.invoke("EchoReading", { ...reading, unknown: { deep: [1, { x: 2 }] } });
    assert.deepEqual({ ...echoed, heat_map: [...echoed.heat_map] }, { ...reading, heat_map: [1, 2, 3] });
    const sparse = await connection.invoke("EchoReading", { sequence: 1, id: "x" });
    assert.deepEqual([sparse.reason, sparse.attempts, sparse.points, "detail" in sparse], ["too_large", 3, null, false]);
  },

  async "binary frames"({ connection }) {
    for (const length of [0, 1, 255, 256, 65535, 65536, 300000]) {
      const frame = Uint8Array.from({ length }, (_, i) => i % 251);
      const received = await connection.invoke("Submit", length, performance.now(), frame);
      assert.deepEqual([received.length, received.sum], [length, frame.reduce((sum, part) => sum + part, 0)]);
      assert.deepEqual([...await connection.invoke("EchoBytes", frame)], [...frame]);
    }
  },

  async "fire and forget, answered by a call"({ connection }) {
    const answered = new Promise((resolve) => connection.on("Measured", resolve));
    await connection.send("Measure", 7);
    const measured = await answered;
    assert.deepEqual([measured.sequence, measured.emotions, measured.reason], [7, [0.25, 0.75], "superseded"]);
    assert.deepEqual(measured.points, [{ x: 0.5, y: 1 }]);
  },

  async "client results"({ connection }) {
    connection.on("Ask", (question) => `${question}? yes`);
    connection.on("AskNumber", () => 42);
    assert.equal(await connection.invoke("AskBack", "really"), "really? yes");
    assert.equal(await connection.invoke("AskBackForNumber"), "number 42");
  },

  async "client results that fail"({ connection }) {
    connection.on("AskNumber", () => { throw new Error("no idea"); });
    assert.match(await connection.invoke("AskBackForNumber"), /^failed: .*no idea/);
    connection.off("AskNumber");
    connection.on("AskNumber", () => "not a number");
    assert.match(await connection.invoke("AskBackForNumber"), /^failed: .*Int32/);
    assert.equal(await connection.invoke("Add", 1, 1), 2);
  },

  async "errors"({ connection }) {
    await assert.rejects(connection.invoke("FailOpenly"), /told to the caller/);
    await assert.rejects(connection.invoke("FailSecretly"), (error) => !error.message.includes("kept"));
    await assert.rejects(connection.invoke("NoSuchMethod"), /NoSuchMethod|does not exist/);
    assert.equal(await connection.invoke("Add", 1, 1), 2);
  },

  async "binding failures"({ connection }) {
    await assert.rejects(connection.invoke("Add", "one", 2), /Failed to invoke 'Add'/);
    await assert.rejects(connection.invoke("Add", 1), /Failed to invoke 'Add'/);
    await assert.rejects(connection.invoke("Add", 1, 2, 3), /Failed to invoke 'Add'/);
    await assert.rejects(connection.invoke("Add", 1.5, 2), /Failed to invoke 'Add'/);
    await assert.rejects(connection.invoke("EchoReading", { ...reading, reason: "nonsense" }), /Failed to invoke/);
    await assert.rejects(connection.invoke("Submit", 1, 2, "no frame"), /Failed to invoke/);
    await connection.send("Add", "one", 2);
    assert.equal(await connection.invoke("Add", 1, 1), 2);
  },

  async "stream to the client"({ connection }) {
    const { items, error } = await collect(connection.stream("Count", 200));
    assert.equal(error, undefined);
    assert.deepEqual(items.map(({ x, y }) => x - y), Array.from({ length: 200 }, (_, i) => 2 * i));
  },

  async "stream that fails"({ connection }) {
    const { items, error } = await collect(connection.stream("CountThenFail"));
    assert.deepEqual(items, [1]);
    assert.match(error.message, /in mid-stream/);
    const wrong = await collect(connection.stream("Count", "many"));
    assert.match(wrong.error.message, /Failed to invoke 'Count'/);
  },

  async "stream that is cancelled"({ connection }) {
    await new Promise((resolve, reject) => {
      const subscription = connection.stream("Endless").subscribe({
        next: (item) => { if (item === 3) { subscription.dispose(); resolve(); } },
        error: reject,
        complete: () => reject(new Error("ended by itself")),
      });
    });
    await connection.invoke("UntilEndlessEnded");
  },

  async "stream to the server"({ connection }) {
    const subject = new signalR.Subject();
    const sum = connection.invoke("Sum", subject);
    for (const value of [1, 2.5, -3]) subject.next(value);
    subject.complete();
    assert.equal(await sum, 0.5);

    const failing = new signalR.Subject();
    const failed = connection.invoke("Sum", failing);
    failing.next(1);
    failing.error(new Error("camera unplugged"));
    await assert.rejects(failed);
    assert.equal(await connection.invoke("Add", 1, 1), 2);
  },

  async "streams in both directions"({ connection }) {
    const subject = new signalR.Subject();
    const scaled = collect(connection.stream("Scale", subject, 10));
    for (const value of [1, 2, 0.5]) subject.next(value);
    subject.complete();
    assert.deepEqual((await scaled).items, [10, 20, 5]);
  },

  async "stream items of the wrong type"({ connection }) {
    const subject = new signalR.Subject();
    const sum = connection.invoke("Sum", subject);
    subject.next("not a number");
    await assert.rejects(sum);
    assert.equal(await connection.invoke("Add", 1, 1), 2);
  },

  // Both ends give up after four silent seconds, so five idle ones are only survived by pings in both directions.
  async "keep-alive"({ connection, protocol }) {
    await delay(5000);
    assert.equal(connection.state, signalR.HubConnectionState.Connected);
    assert.equal(await connection.invoke("Add", 1, 1), 2);
    assert.ok(protocol.received.filter((type) => type === PING).length >= 3);
  },

  async "close by the server"({ connection, protocol }) {
    const end = closed(connection);
    connection.send("Leave");
    await end;
    assert.equal(connection.state, signalR.HubConnectionState.Disconnected);
    assert.ok(protocol.received.includes(CLOSE));
  },

  async "close by the client"({ connection }) {
    const end = closed(connection);
    await connection.stop();
    assert.equal(await end, undefined);
  },

  async "broken bytes"({ connection, protocol }) {
    const end = closed(connection);
    await connection.connection.send(new Uint8Array([3, 0x92, 0x01, 0xc1]).buffer);
    assert.match((await end).message, /Server returned an error on close/);
    assert.ok(protocol.received.includes(CLOSE));
  },

  async "messages over the limit"({ connection }) {
    const end = closed(connection);
    connection.send("EchoBytes", new Uint8Array(1 << 21)).catch(() => { });
    assert.match((await end).message, /Server returned an error on close/);
  },

  async "long polling"({ connection }) {
    assert.deepEqual((await connection.invoke("Submit", 1, 2, new Uint8Array([4, 5]))).sum, 9);
    assert.equal((await collect(connection.stream("Count", 20))).items.length, 20);
  },

  async "stateful reconnect"({ connection, protocol }) {
    assert.equal(await connection.invoke("Add", 1, 1), 2);
    for (let waited = 0; waited < 10000 && !protocol.received.includes(ACK); waited += 50) await delay(50);
    assert.ok(protocol.received.includes(ACK), "the server acknowledges");
    const id = connection.connectionId;
    // Not close(): a proper farewell would tell the server that nobody means to come back.
    connection.connection.transport._webSocket.terminate();
    assert.equal(await connection.invoke("Add", 2, 2), 4);
    assert.equal(connection.connectionId, id);
  },
};

const builders = {
  "long polling": () => build(signalR.HttpTransportType.LongPolling),
  "stateful reconnect": () => build(undefined, (builder) => builder.withStatefulReconnect()),
};

async function run(name) {
  const client = (builders[name] ?? build)();
  client.connection.keepAliveIntervalInMilliseconds = 200;
  client.connection.serverTimeoutInMilliseconds = 4000;
  let error = null;
  try {
    await client.connection.start();
    await scenarios[name](client);
  } catch (failure) {
    error = String(failure?.stack ?? failure);
  }
  console.log(JSON.stringify({ name, error }));
  await client.connection.stop();
}

await Promise.all(Object.keys(scenarios).map(run));
process.exit(0);
