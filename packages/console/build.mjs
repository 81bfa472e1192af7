// @ts-check
// Builds the pages into page/dist: `node packages/console/build.mjs`. What is up to date is left alone.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { build } from "vite";

// Whoever builds, tests included, builds what is shipped: development's JSX would hold the paths of this machine.
process.env["NODE_ENV"] = "production";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const BUILT = join(HERE, "page", "dist");
const MANIFEST = join(BUILT, "manifest.json");
const LOCK = join(BUILT, "building");

/** What the pages are made of; the words of reasons and kinds are policy's. */
const SOURCES = ["page", "build.mjs", "package.json", join("..", "policy", "src")];

if (!isUpToDate()) await alone(async () => isUpToDate() || (await buildPages()));

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

/**
 * Two that find the pages old at once: one builds, the other waits for it and finds them new.
 *
 * @param {() => Promise<unknown>} work
 */
async function alone(work) {
  mkdirSync(BUILT, { recursive: true });
  while (!tryLock()) await setTimeout(100);
  try {
    await work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

/** Whether the lock is ours now. It says whose it is: one who was killed while building keeps nobody waiting. */
function tryLock() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    if (!isHeld()) rmSync(LOCK, { force: true });
    return false;
  }
}

function isHeld() {
  try {
    const holder = Number(readFileSync(LOCK, "utf8"));
    // It is made first, and says whose it is a moment later.
    if (holder > 0) process.kill(holder, 0);
    return true;
  } catch (error) {
    // Gone means that somebody else has just let go of it, and not allowed that they live.
    return codeOf(error) !== "ESRCH";
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return /** @type {NodeJS.ErrnoException} */ (error).code;
}

/** Beside the old ones first: whoever serves them meanwhile shall not find half of them. */
async function buildPages() {
  const fresh = join(BUILT, "fresh");
  const begun = new Date();
  rmSync(fresh, { recursive: true, force: true });
  await bundle(fresh, { main: join(HERE, "page", "main.tsx") }, "assets/[name]-[hash].js");
  // On its own: hosts name it in their pages, so its name stays, and it brings nothing along.
  await bundle(join(fresh, "widgets"), { widgets: join(HERE, "page", "widgets.ts") }, "[name].js");
  // A source that was changed meanwhile is newer.
  utimesSync(join(fresh, "manifest.json"), begun, begun);
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
