// Writes the files that the server serves: each under its hash, compressed where that makes it smaller, and the manifest that
// ASP.NET Core's MapStaticAssets reads. Files that already exist are not written again; old ones are removed last.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const root = resolve(process.argv[2] ?? import.meta.dirname);
const packed = join(root, "packed");
const types = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ts": "text/plain; charset=utf-8",
};
// esbuild names shared chunks by their content, so they never change; all other names are fixed.
const hashed = /^dist\/chunk-[A-Z0-9]{8}\.js$/;
const encodings = [
  ["br", promisify(brotliCompress), { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }],
  ["gzip", promisify(gzip), { level: constants.Z_BEST_COMPRESSION }],
];

const served = async (folder) =>
  (await readdir(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.startsWith(".") && types[extname(entry.name)])
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
const paths = ["icon.svg", ...(await served("dist")), ...(await served("demo"))].sort();
// Pages are served next to dist, and index.html also at the bare address.
const routesOf = (path) => (dirname(path) === "dist/pages" ? [...(path.endsWith("/index.html") ? [""] : []), basename(path)] : [path]);

const old = new Set(await readdir(packed).catch(() => []));
await mkdir(packed, { recursive: true });
const endpoints = [];
for (const path of paths) {
  const [bytes, { mtime }] = await Promise.all([readFile(join(root, path)), stat(join(root, path))]);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 32);
  const plain = await keep(hash + extname(path), () => bytes);
  const coded = extname(path) === ".png" ? [] : await Promise.all(encodings.map(async ([name, compress, options]) => ({ name, ...(await keep(`${hash}.${name}`, () => compress(bytes, options))) })));
  for (const route of routesOf(path)) {
    const headers = (length, tag) => ({
      "Cache-Control": hashed.test(path) ? "max-age=31536000, immutable" : "no-cache",
      "Content-Length": String(length),
      "Content-Type": types[extname(path)],
      ETag: `"${tag}"`,
      "Last-Modified": mtime.toUTCString(),
      ...(coded.length > 0 ? { Vary: "Accept-Encoding" } : {}),
    });
    add(route, plain.file, [], headers(plain.length, hash));
    for (const { name, file, length } of coded.filter((one) => one.length < plain.length)) {
      // Among encodings that a browser accepts equally, the smallest has the highest quality.
      const selector = { Name: "Content-Encoding", Value: name, Quality: (1 / (1 + length)).toFixed(12) };
      add(route, file, [selector], { ...headers(length, `${hash}-${name}`), "Content-Encoding": name });
    }
  }
}
await writeFile(join(packed, "endpoints.json"), JSON.stringify({ Version: 1, ManifestType: "Publish", Endpoints: endpoints }));
old.delete("endpoints.json");
await Promise.all([...old].map((name) => rm(join(packed, name))));

/** Writes a file unless it exists; it gets its final name only when it is complete. */
async function keep(name, make) {
  const path = join(packed, name);
  if (!old.delete(name) && !(await stat(path).catch(() => undefined))) {
    await writeFile(`${path}.new`, await make());
    await rename(`${path}.new`, path);
  }
  return { file: `packed/${name}`, length: (await stat(path)).size };
}

function add(route, file, selectors, headers) {
  endpoints.push({
    Route: route,
    AssetFile: file,
    Selectors: selectors,
    ResponseHeaders: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
    EndpointProperties: [],
  });
}
