// @ts-check
// Builds the pages into page/dist: `node packages/console/build.mjs`. What is up to date is left alone.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

// Whoever builds, tests included, builds what is shipped: development's JSX would hold the paths of this machine.
process.env["NODE_ENV"] = "production";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const BUILT = join(HERE, "page", "dist");
const MANIFEST = join(BUILT, "manifest.json");

/** What the pages are made of; the words of reasons and kinds are policy's. */
const SOURCES = ["page", "build.mjs", "package.json", join("..", "policy", "src")];

if (!isUpToDate()) await buildPages();

function isUpToDate() {
  if (!existsSync(MANIFEST)) return false;
  const builtAt = statSync(MANIFEST).mtimeMs;
  return SOURCES.every((path) => newest(join(HERE, path)) < builtAt);
}

/** @param {string} path @returns {number} */
function newest(path) {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  const names = readdirSync(path).filter((name) => name !== "dist" && name !== "node_modules");
  return Math.max(0, ...names.map((name) => newest(join(path, name))));
}

/** Beside the old ones first: whoever serves them meanwhile shall not find half of them. */
async function buildPages() {
  const fresh = join(BUILT, `fresh-${process.pid}`);
  await bundle(fresh, { main: join(HERE, "page", "main.tsx") }, "assets/[name]-[hash].js");
  // On its own: hosts name it in their pages, so its name stays, and it brings nothing along.
  await bundle(join(fresh, "widgets"), { widgets: join(HERE, "page", "widgets.ts") }, "[name].js");
  mkdirSync(BUILT, { recursive: true });
  for (const name of ["assets", "manifest.json"]) rmSync(join(BUILT, name), { recursive: true, force: true });
  renameSync(join(fresh, "widgets", "widgets.js"), join(fresh, "assets", "widgets.js"));
  for (const name of ["assets", "manifest.json"]) renameSync(join(fresh, name), join(BUILT, name));
  rmSync(fresh, { recursive: true, force: true });
}

/**
 * @param {string} outDir
 * @param {Record<string, string>} input
 * @param {string} entryFileNames
 */
async function bundle(outDir, input, entryFileNames) {
  await build({
    root: HERE,
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    // The pages are mounted wherever the host likes: every address is relative to the module that holds it.
    base: "./",
    resolve: { conditions: ["garim-source", "module", "browser", "production"] },
    oxc: { jsx: { runtime: "automatic", importSource: "preact", development: false } },
    build: {
      outDir,
      assetsDir: "assets",
      manifest: "manifest.json",
      modulePreload: false,
      // A policy without data: addresses and inline text takes files alone.
      assetsInlineLimit: 0,
      cssCodeSplit: false,
      target: "es2022",
      rolldownOptions: { input, output: { entryFileNames } },
    },
  });
}
