import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

test("a build removes what earlier ones left, and nothing else", () => {
  const folder = mkdtempSync(join(tmpdir(), "es-build-"));
  try {
    mkdirSync(join(folder, "types"));
    for (const name of ["renamed.js", "chunk-OLD.js.map", ".built", "types/index.d.ts", "types/renamed.d.ts"]) writeFileSync(join(folder, name), "");

    const build = () => execFileSync("node", ["wwwroot/build.mjs", folder], { stdio: "ignore" });
    build();
    const first = readdirSync(folder, { recursive: true, encoding: "utf8" });
    build();

    for (const name of ["live.js", "live.css", "kit.css", "client.js", join("pages", "index.html"), ".built", join("types", "index.d.ts")]) assert.ok(first.includes(name), name);
    for (const name of ["renamed.js", "chunk-OLD.js.map", join("types", "renamed.d.ts")]) assert.ok(!first.includes(name), name);
    assert.deepEqual(readdirSync(folder, { recursive: true, encoding: "utf8" }), first);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
