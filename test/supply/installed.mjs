// @ts-check
import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TOP } from "../run/process.mjs";

const STORE = join(TOP, "node_modules/.pnpm");

/**
 * A package as it lies on disk.
 *
 * @typedef {object} Installed
 * @property {string} licence - SPDX, as its manifest says
 * @property {number} sizeBytes - of its own files
 * @property {readonly string[]} scripts - those that an installation would run
 */

const AT_INSTALL = ["preinstall", "install", "postinstall"];

/**
 * Reads a package from outside where pnpm has put it.
 *
 * @param {import("./lockfile.mjs").Outside} outside
 * @returns {Installed | undefined} `undefined` where it is not for this machine
 */
export function readInstalled({ name, version }) {
  const folder = findFolder(name, version);
  if (folder === undefined) return undefined;
  /** @type {{ license?: unknown, scripts?: Readonly<Record<string, string>> }} */
  const { license, scripts = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const own = AT_INSTALL.filter((script) => script in scripts);
  const builds = existsSync(join(folder, "binding.gyp")) ? ["node-gyp rebuild"] : [];
  return {
    licence: typeof license === "string" ? license : "unknown",
    sizeBytes: sizeOf(folder),
    scripts: [...own, ...builds],
  };
}

/** @param {string} name @param {string} version */
function findFolder(name, version) {
  const begin = `${name.replace("/", "+")}@${version}`;
  const found = readdirSync(STORE).find((one) => one === begin || one.startsWith(`${begin}_`));
  return found && join(STORE, found, "node_modules", name);
}

/** @param {string} folder @returns {number} */
function sizeOf(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== "node_modules" && !entry.isSymbolicLink())
    .map((entry) => join(folder, entry.name))
    .reduce((sum, path) => {
      const stat = lstatSync(path);
      return sum + (stat.isDirectory() ? sizeOf(path) : stat.size);
    }, 0);
}
