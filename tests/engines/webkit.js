import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:net";

const there = (path) => (existsSync(path) ? path : undefined);

export const needs = {
  WebKitWebDriver: there("/usr/bin/WebKitWebDriver"),
  Xvfb: there("/usr/bin/Xvfb"),
  // Its folder has the processor's name.
  MiniBrowser: readdirSync("/usr/lib").map((folder) => `/usr/lib/${folder}/webkit2gtk-4.1/MiniBrowser`).find(there),
};

// How the specification of WebDriver names an element in JSON.
const elementKey = "element-6066-11e4-a52e-4f735466cecf";

/** Opens WebKitGTK's MiniBrowser under Xvfb, driven over W3C WebDriver, with a mock camera. */
export async function open() {
  // -displayfd lets Xvfb choose a free display, and say which once it takes connections.
  const xvfb = spawn(needs.Xvfb, ["-screen", "0", "1300x1000x24", "-nolisten", "tcp", "-displayfd", "1"], { stdio: ["ignore", "pipe", "ignore"] });
  const [display] = await once(xvfb.stdout, "data");
  const port = await freePort();
  const driver = spawn(needs.WebKitWebDriver, [`--port=${port}`], {
    // Without a language of the system's, pages see one that no part of JavaScript knows.
    env: { ...process.env, DISPLAY: `:${String(display).trim()}`, LC_ALL: "C", LANGUAGE: "" },
    stdio: "ignore",
  });
  const end = () => {
    driver.kill();
    xvfb.kill();
  };
  try {
    return await session(`http://127.0.0.1:${port}`, end);
  } catch (error) {
    end();
    throw error;
  }
}

async function session(driver, end) {
  const { sessionId } = await call(driver, "POST", "/session", {
    capabilities: {
      alwaysMatch: {
        "webkitgtk:browserOptions": { binary: needs.MiniBrowser, args: ["--automation", "--enable-mock-capture-devices=true", "--enable-media-stream=true"] },
        timeouts: { pageLoad: 120_000, script: 120_000 },
      },
    },
  });
  const command = (method, path, body) => call(driver, method, `/session/${sessionId}${path}`, body);
  return {
    async window(url) {
      // A window of its own each: a tab in the background draws nothing.
      const { handle } = await command("POST", "/window/new", { type: "window" });
      const inside = async (method, path, body) => {
        await command("POST", "/window", { handle });
        return command(method, path, body);
      };
      await inside("POST", "/window/rect", { x: 0, y: 0, width: 1280, height: 980 });
      await inside("POST", "/url", { url });
      return {
        run: (script) => inside("POST", "/execute/sync", { script, args: [] }),
        async click(selector) {
          const found = await inside("POST", "/element", { using: "css selector", value: selector });
          await command("POST", `/element/${found[elementKey]}/click`, {});
        },
        screenshot: async () => Buffer.from(await inside("GET", "/screenshot"), "base64"),
      };
    },
    async close() {
      await command("DELETE", "").catch(() => undefined);
      end();
    },
  };
}

async function call(driver, method, path, body) {
  for (let attempt = 0; ; attempt++) {
    try {
      const reply = await fetch(driver + path, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
      const { value } = await reply.json();
      if (!reply.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
      return value;
    } catch (error) {
      // The driver does not say when it listens.
      if (error.cause?.code !== "ECONNREFUSED" || attempt > 600) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  return port;
}
