// The pages' main paths in the two engines beside Chromium: a person agrees, is read by camera and demo, is seen on a dashboard and an overlay, stops, and has
// pictures read. Every click is a real one. Screenshots of each step lie in artifacts/engines afterwards.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import * as firefox from "./firefox.js";
import * as webkit from "./webkit.js";

const root = join(import.meta.dirname, "../..");
const shots = join(root, "artifacts/engines");

// An engine starts slowly on a busy machine; nothing here asks how fast.
const patience = 180_000;

const room = "team";

let server;
let ended;
let address;
let folder;

before(async () => {
  mkdirSync(shots, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), "engines-"));
  server = spawn("dotnet", [join(root, "server/EmotionStream/bin/Release/net10.0/EmotionStream.dll"), "--urls=http://127.0.0.1:0", `--Storage:DataDirectory=${folder}`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  ended = once(server, "exit");
  for await (const line of createInterface({ input: server.stdout })) {
    address = /listening on: (\S+)/.exec(line)?.[1];
    if (address) break;
  }
  assert.ok(address, "the server says where it listens");
  server.stdout.resume();
});

after(async () => {
  server.kill();
  await ended;
  rmSync(folder, { recursive: true });
});

engineTest("firefox", firefox, async (engine) => {
  await mainPath(engine, "firefox");
  await callOfTwo(engine);
});

engineTest("webkit", webkit, async (engine) => {
  await mainPath(engine, "webkit");
  await noCalls(engine);
});

/** Where the engine is missing, the test is skipped and says so; in CI it fails. */
function engineTest(name, { needs, open }, run) {
  const missing = Object.entries(needs).flatMap(([what, path]) => (path ? [] : [what]));
  const skip = missing.length > 0 && process.env.CI !== "true" ? `Needs ${missing.join(", ")}.` : false;
  test(name, { skip }, async () => {
    assert.deepEqual(missing, [], `CI needs ${missing.join(", ")}.`);
    const engine = await open();
    try {
      await run(engine);
    } finally {
      await engine.close();
    }
  });
}

async function mainPath(engine, name) {
  const live = await engine.window(`${address}/?room=${room}&name=Ann`);
  await until(live, visible("#notice"), "the notice");
  await shoot(live, name, "1-notice");
  await live.click("[data-testid=consent]");
  await until(live, visible("#live"), "the page behind the notice");

  await live.click("#source-camera");
  await until(live, `${stateIs("running")} && ${textOf("#latency")} !== '–'`, "an answer to the camera's pictures");
  await shoot(live, name, "2-camera");
  await live.click("#stop");
  await until(live, stateIs("stopped"), "the camera's end");

  await live.click("#source-demo");
  await until(live, "document.querySelector('[data-testid=face-card]')?.dataset.dominant", "a reading of the demo's face");

  const dashboard = await engine.window(`${address}/dashboard.html?room=${room}`);
  await until(dashboard, `${textOf("[data-testid=person]")}?.includes('Ann') && ${textOf("[data-testid=person]")}?.includes('appears')`, "Ann on the dashboard");
  const overlay = await engine.window(`${address}/overlay.html?room=${room}`);
  await until(overlay, `${textOf("#panel")}.includes('appears') && !document.querySelector('#panel').classList.contains('away')`, "the overlay's words");
  await shoot(live, name, "3-demo");
  await shoot(dashboard, name, "4-dashboard");
  await shoot(overlay, name, "5-overlay");

  await live.click("#stop");
  await until(live, stateIs("stopped"), "the demo's end");
  await until(dashboard, "!document.querySelector('[data-testid=person]')", "the dashboard without Ann");
  await until(overlay, "document.querySelector('#panel').classList.contains('away')", "the overlay without words");

  const pictures = await engine.window(`${address}/upload.html`);
  await until(pictures, visible("#notice"), "the pictures' notice");
  await pictures.click("#demo");
  await until(pictures, `${textOf("#faces")}.includes('appears')`, "a reading of a picture");
  await shoot(pictures, name, "6-pictures");
}

/** Two people of one engine see each other. */
async function callOfTwo(engine) {
  const people = [await joined("Ben"), await joined("Eve")];
  for (const page of people) {
    await until(page, "[...document.querySelectorAll('#tiles video')].filter((video) => video.currentTime > 0).length === 2", "two moving pictures");
  }
  await shoot(people[0], "firefox", "7-call");

  async function joined(name) {
    const page = await engine.window(`${address}/room.html?room=call&name=${name}`);
    await until(page, visible("#notice"), "the call's notice");
    await page.click("[data-testid=share-badge]");
    await page.click("#join");
    await until(page, visible("#call"), "the call");
    return page;
  }
}

/** Debian's WebKitGTK has no WebRTC; the page says so before anybody fills in a form. */
async function noCalls(engine) {
  const page = await engine.window(`${address}/room.html?room=call&name=Ben`);
  await until(page, `${textOf("#error")}.includes('WebRTC')`, "why there are no calls");
  assert.equal(await page.run("return document.querySelector('#join').disabled"), true);
  await shoot(page, "webkit", "7-no-calls");
}

const visible = (selector) => `(document.querySelector('${selector}')?.checkVisibility() ?? false)`;
const textOf = (selector) => `document.querySelector('${selector}')?.textContent`;
const stateIs = (state) => `document.querySelector('#status').dataset.state === '${state}'`;

/** Waits until an expression holds on a page; says what the page said where it never does. */
async function until(page, expression, what) {
  const end = Date.now() + patience;
  while (!(await page.run(`return Boolean(${expression})`))) {
    if (Date.now() > end) throw new Error(`Waited in vain for ${what}. The page says: ${await page.run("return document.body.innerText")}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const shoot = async (page, name, step) => writeFileSync(join(shots, `${name}-${step}.png`), await page.screenshot());
