// @ts-check
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { TOP } from "../../run/process.mjs";

/** What pnpm keeps packages in. It is shared, for no package of the workspace is in it. */
const STORE = "node_modules/.pnpm";

/**
 * Copies the workspace, so that its sources can be changed: every file git knows, what is built, and the links to dependencies, which
 * lead to the copy's own packages.
 *
 * @returns {{ folder: string, remove: () => void }}
 */
export function makeScratch() {
  const folder = mkdtempSync(join(tmpdir(), "garim-mutants-"));
  for (const path of listKnown()) copy(path, folder);
  for (const name of readdirSync(join(TOP, "node_modules")))
    if (name !== ".pnpm") copy(join("node_modules", name), folder);
  symlinkSync(join(TOP, STORE), join(folder, STORE));
  for (const path of listOwn()) copy(path, folder);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** @returns {readonly string[]} */
function listKnown() {
  const options = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const listed = execFileSync("git", options, { cwd: TOP, encoding: "utf8", maxBuffer: 1 << 26 });
  return listed.split("\0").filter((path) => path !== "" && existsSync(join(TOP, path)));
}

/** What git leaves out: links to dependencies, and what is built. */
function listOwn() {
  const rooms = ["packages", "examples"].flatMap((parent) =>
    readdirSync(join(TOP, parent)).map((name) => join(parent, name)),
  );
  return [...rooms, "test"]
    .flatMap((room) => [join(room, "node_modules"), join(room, "dist")])
    .filter((path) => existsSync(join(TOP, path)) && lstatSync(join(TOP, path)).isDirectory());
}

/** @param {string} path @param {string} folder */
function copy(path, folder) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  cpSync(join(TOP, path), join(folder, path), { recursive: true, verbatimSymlinks: true });
}
