import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the whole workspace. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

const PNPM = "pnpm@12.21.0";
const TSC = join("node_modules", "typescript", "bin", "tsc");
const PAGES = join("packages", "console", "build.mjs");
const LEAST_NODE = [20, 19];

/**
 * Makes the workspace ready to run from a fresh clone: checks Node, installs what the lockfile says, builds.
 *
 * An install that was done for this very lockfile is not repeated. Says one line per step, and the tools' own output only
 * when one of them fails; then ends the process with code 1.
 *
 * @param {object} options
 * @param {readonly string[]} [options.filter] - pnpm filters of what to install; everything without it
 * @param {string | readonly string[]} options.build - the folders or solution files to build with `tsc -b`, relative to the workspace
 */
export function prepare({ filter = [], build }) {
  checkNode();
  install(filter);
  // The compiler knows by itself what is up to date.
  runQuietly("building", process.execPath, [TSC, "-b", ...[build].flat()]);
  // Only where the console is among what was installed: a seller tool shows no pages of ours.
  if (existsSync(join(ROOT, "packages", "console", "node_modules", "vite")))
    runQuietly("building pages", process.execPath, [PAGES]);
}

/** Ends the process where this Node is too old, in one line. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [leastMajor, leastMinor] = LEAST_NODE;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  stop(`Garim needs Node ${LEAST_NODE.join(".")} or newer; this is ${process.versions.node}`);
}

function install(filter) {
  const lock = createHash("sha256")
    .update(readFileSync(join(ROOT, "pnpm-lock.yaml")))
    .digest("hex");
  const done = readStamps().filter((stamp) => stamp.lock === lock);
  if (done.some((stamp) => stamp.filter.length === 0 || String(stamp.filter) === String(filter))) return;
  const filters = filter.flatMap((one) => ["--filter", one]);
  const npx = process.platform === "win32" ? "npx.cmd" : "npx";
  runQuietly("installing", npx, ["-y", PNPM, "install", "--frozen-lockfile", ...filters]);
  // Installs of another lockfile are gone now: only what was done for this one still stands.
  writeStamps([...done, { lock, filter }]);
}

/** Which installs stand in `node_modules`; the file goes when the folder goes. */
const STAMPS = join(ROOT, "node_modules", ".garim-installed.json");

function readStamps() {
  return existsSync(STAMPS) ? JSON.parse(readFileSync(STAMPS, "utf8")) : [];
}

function writeStamps(stamps) {
  mkdirSync(dirname(STAMPS), { recursive: true });
  writeFileSync(STAMPS, JSON.stringify(stamps));
}

function runQuietly(what, command, args) {
  process.stderr.write(`garim: ${what} …\n`);
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  if (status === 0) return;
  process.stderr.write(`${stdout ?? ""}${stderr ?? ""}`);
  stop(`garim: ${what} failed${error === undefined ? "" : `: ${error.message}`}`);
}

function stop(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}
