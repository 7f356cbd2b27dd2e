import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { pages } from "../../wwwroot/pages.ts";

Object.defineProperty(globalThis, "navigator", { value: { languages: ["en"] } });
const { shared } = await import("../../wwwroot/kit/strings.ts");

test("every page has a folder, and every folder is a page", () => {
  assert.deepEqual(readdirSync("wwwroot/pages").sort(), Object.keys(pages).sort());
});

for (const [name, { file }] of Object.entries(pages)) {
  test(`${file} names only texts that the page has`, async () => {
    const { strings } = (await import(`../../wwwroot/pages/${name}/strings.ts`)) as { strings: object };
    const texts: Readonly<Record<string, unknown>> = { ...shared, title: "", ...strings };

    const html = readFileSync(`wwwroot/pages/${name}/page.html`, "utf8");
    const named = [...html.matchAll(/data-(?:text|label)="([^"]*)"/g)].map(([, key = ""]) => key);

    assert.ok(named.length > 0);
    assert.deepEqual(named.filter((key) => typeof texts[key] !== "string"), []);
  });
}
