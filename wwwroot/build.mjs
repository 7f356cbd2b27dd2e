// Bundles the pages and the browser module into a folder, and takes out of it what earlier builds left there.
// The old goes last: whoever copies the folder meanwhile finds every file that it has seen.
import { build } from "esbuild";
import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";

const root = import.meta.dirname;
const folder = resolve(process.argv[2] ?? join(root, "dist"));

const pages = { live: "live", model: "model", lab: "lab", reference: "reference", upload: "upload", dashboard: "dashboard", room: "room", overlay: "overlayPage" };
const { metafile } = await build({
  entryPoints: {
    ...Object.fromEntries(Object.entries(pages).map(([name, source]) => [name, join(root, source, "main.ts")])),
    client: join(root, "client/index.ts"),
  },
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  sourcemap: true,
  metafile: true,
  logLevel: "info",
  outdir: folder,
});

const written = new Set(Object.keys(metafile.outputs).map((path) => resolve(path)));
// What begins with a dot is the mark of deploy/setup.sh. Declarations are written by the compiler, one for each module.
const isOld = (path) =>
  basename(dirname(path)) === "types" ? !existsSync(join(root, "client", basename(path).replace(".d.ts", ".ts"))) : !basename(path).startsWith(".") && !written.has(path);
for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (!entry.isFile() || !isOld(path)) continue;
  await rm(path);
  console.log(`  took out ${relative(folder, path)}`);
}
