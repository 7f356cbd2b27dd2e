import assert from "node:assert/strict";
import { test } from "node:test";
import { toCsv, toJson, type Extract } from "../../wwwroot/pages/dashboard/exportRows.ts";
import { RoomHistory } from "../../wwwroot/pages/dashboard/roomHistory.ts";
import { person, roomUpdate } from "./readings.ts";

const start = Date.UTC(2026, 0, 2, 3, 4, 5);

function extract(changes: Partial<Extract> = {}): Extract {
  const history = new RoomHistory();
  for (const at of [start, start + 1000]) {
    history.add(roomUpdate({ at, people: [person({ at }), person({ id: "b", name: '=1+1,"x"', at })] }));
  }
  return { room: "team", from: start, to: start + 2000, seconds: history.between(start, start + 2000), present: new Set(["a", "b"]), markers: [], ...changes };
}

test("CSV has a row for the room and for each person in each second, as wide as the head", () => {
  const [head, ...rows] = toCsv(extract({ seconds: extract().seconds.map((second) => ({ ...second, people: new Map([...second.people].slice(0, 1)) })) })).trimEnd().split("\r\n");

  assert.equal(rows.length, 4);
  assert.equal(new Set(head!.split(",")).size, head!.split(",").length);
  for (const row of rows) assert.equal(row.split(",").length, head!.split(",").length);
  assert.ok(rows[0]!.startsWith("2026-01-02T03:04:05.000Z,room,,team,1,0.1,0.65,"));
  assert.ok(rows[1]!.startsWith("2026-01-02T03:04:05.000Z,person,a,Ada,1,0.1,0.65,"));
});

test("markers stand between the seconds where they were set", () => {
  const markers = [{ at: start + 500, text: "slide 3" }];

  const rows = toCsv(extract({ markers })).trimEnd().split("\r\n").slice(1);

  assert.equal(rows.findIndex((row) => row.startsWith("2026-01-02T03:04:05.500Z,marker,,slide 3,")), 3);
  assert.deepEqual(JSON.parse(toJson(extract({ markers }))).markers, [{ time: "2026-01-02T03:04:05.500Z", text: "slide 3" }]);
});

test("people who left are not exported; the room's means are", () => {
  const left = extract({ present: new Set(["b"]) });

  const csv = toCsv(left);

  assert.ok(!csv.includes("Ada"));
  assert.equal(csv.match(/,room,/g)!.length, 2);
  assert.ok(!toJson(left).includes("Ada"));
});

test("a name can't become a formula or break its row", () => {
  const row = toCsv(extract()).split("\r\n").find((line) => line.includes(",person,b,"))!;

  assert.ok(row.includes(`,b,"'=1+1,""x""",1,`), row);
});

test("JSON has labels, span and every second's mood and people", () => {
  const json = JSON.parse(toJson(extract()));

  assert.equal(json.room, "team");
  assert.equal(json.labels.length, 8);
  assert.equal(json.seconds.length, 2);
  assert.equal(json.seconds[0].mood.people, 1);
  assert.deepEqual(json.seconds[0].people.map((one: { id: string }) => one.id), ["a", "b"]);
  assert.equal(json.seconds[0].people[0].emotions.length, 8);
});
