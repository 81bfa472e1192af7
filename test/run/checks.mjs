// @ts-check
import { existsSync } from "node:fs";
import { join } from "node:path";
import { runNode, TOP, timed } from "./process.mjs";

/**
 * @typedef {object} Check
 * @property {string} title
 * @property {string} script - the tool's own script, from the top of the workspace
 * @property {readonly string[]} args
 *
 * @typedef {object} Checked
 * @property {string} title
 * @property {boolean} isPassed
 */

/**
 * What holds for the whole tree and is no vitest test.
 *
 * @type {readonly Check[]}
 */
export const WHOLE_TREE = [
  {
    title: "format and lint",
    script: "test/node_modules/@biomejs/biome/bin/biome",
    args: ["check", "--error-on-warnings"],
  },
  { title: "types", script: "node_modules/typescript/bin/tsc", args: ["-p", "test/tsconfig.json"] },
  { title: "unused code", script: "test/node_modules/knip/bin/knip.js", args: ["--no-config-hints"] },
];

/**
 * Installs what the lockfile says and builds every package: some tests look at what users get.
 *
 * @returns {Promise<Checked>}
 */
export function prepareWorkspace() {
  return runCheck({ title: "install and build", script: "test/run/prepare.mjs", args: [] });
}

/** Whether there is anything to check with: an install may have failed. */
export function isInstalled() {
  return existsSync(join(TOP, "node_modules/vitest"));
}

/**
 * @param {Check} check
 * @returns {Promise<Checked>}
 */
export function runCheck({ title, script, args }) {
  return timed(title, () => runNode(script, args) === 0);
}
