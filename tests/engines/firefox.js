import { existsSync } from "node:fs";
import { launch } from "puppeteer-core";

// Debian's name, and that of others.
const binary = ["/usr/bin/firefox-esr", "/usr/bin/firefox"].find((path) => existsSync(path));

export const needs = { firefox: binary };

/** Opens Firefox, driven over WebDriver BiDi, with a fake camera and microphone. */
export async function open() {
  const browser = await launch({
    browser: "firefox",
    executablePath: binary,
    headless: true,
    timeout: 120_000,
    protocolTimeout: 120_000,
    // Ten pictures a second: without a graphics card, sixty of every window take all of a processor.
    extraPrefsFirefox: {
      "media.navigator.streams.fake": true, "media.navigator.permission.disabled": true, "intl.accept_languages": "en", "layout.frame_rate": 10,
    },
  });
  return {
    async window(url) {
      // A window of its own each: a tab in the background draws nothing.
      const page = await browser.newPage({ type: "window" });
      await page.setViewport({ width: 1280, height: 900 });
      await page.goto(url, { waitUntil: "domcontentloaded", timeout: 120_000 });
      return {
        run: (script) => page.evaluate(`(() => { ${script} })()`),
        click: (selector) => page.click(selector),
        screenshot: async () => Buffer.from(await page.screenshot({ type: "png" })),
      };
    },
    close: () => browser.close(),
  };
}
