// Builds the pages of pages.ts and the browser module into a folder, and removes what earlier builds left there.
// Old files are removed last, so that a program copying the folder meanwhile does not miss any.
import { build, transform } from "esbuild";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { shell } from "./shell.mjs";

const root = import.meta.dirname;
const folder = resolve(process.argv[2] ?? join(root, "dist"));

const pages = await readPages();
const { metafile } = await build({
  entryPoints: {
    ...Object.fromEntries(Object.keys(pages).map((name) => [name, join(root, "pages", name, "main.ts")])),
    client: join(root, "client/index.ts"),
    kit: join(root, "kit/kit.css"),
  },
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  sourcemap: true,
  metafile: true,
  logLevel: "info",
  plugins: [chartsInAnyLanguage()],
  outdir: folder,
});
const written = new Set(Object.keys(metafile.outputs).map((path) => resolve(path)));

// assets.mjs serves them next to dist, not in it.
await mkdir(join(folder, "pages"), { recursive: true });
for (const [name, page] of Object.entries(pages)) {
  const path = join(folder, "pages", page.file);
  await writeFile(path, shell(name, page, partsOf(await readFile(join(root, "pages", name, "page.html"), "utf8"))));
  written.add(path);
}

// A name that begins with a dot is a mark of deploy/setup.sh. The compiler writes a declaration for each module of the client.
const isOld = (path) =>
  basename(dirname(path)) === "types" ? !existsSync(join(root, "client", basename(path).replace(".d.ts", ".ts"))) : !basename(path).startsWith(".") && !written.has(path);
for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (!entry.isFile() || !isOld(path)) continue;
  await rm(path);
  console.log(`  removed ${relative(folder, path)}`);
}

/** Reads the list of pages; fails if a folder is missing from it, since nothing else would build it. */
async function readPages() {
  const { code } = await transform(await readFile(join(root, "pages.ts"), "utf8"), { loader: "ts" });
  const { pages } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const forgotten = (await readdir(join(root, "pages"))).filter((name) => !(name in pages));
  if (forgotten.length > 0) throw new Error(`pages.ts lacks ${forgotten.join(", ")}.`);
  return pages;
}

/**
 * Lets uPlot load where the browser has no language. It makes a number format for navigator.language as it loads; WebKitGTK says "C" there on a system
 * without a language, Intl knows no such language, and the error would leave the whole page empty. Our charts format their numbers themselves.
 */
function chartsInAnyLanguage() {
  return {
    name: "charts in any language",
    setup: ({ onLoad }) =>
      onLoad({ filter: /uPlot\.esm\.js$/ }, async ({ path }) => {
        const [before, after, ...more] = (await readFile(path, "utf8")).split("domEnv ? nav.language : 'en-US'");
        if (after === undefined || more.length > 0) throw new Error("uPlot chooses its language in another way now.");
        return { contents: before + "undefined" + after };
      }),
  };
}

/** What a page puts into the shell's header, main and footer: the insides of the elements that begin its lines. */
function partsOf(html) {
  return Object.fromEntries(["header", "main", "footer"].map((part) => [part, new RegExp(`^<${part}>\n(.*?)\n</${part}>$`, "ms").exec(html)?.[1].replace(/^(?=.)/gm, "    ")]));
}
