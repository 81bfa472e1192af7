// @ts-check
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TOP } from "../../run/process.mjs";

const NOT_OURS = new Set(["node_modules", "dist"]);

/**
 * Every test file of the workspace, with its text. Contract suites have no run of their own: what they show is counted where a
 * file that runs them is about the same row.
 *
 * @returns {readonly { readonly path: string, readonly text: string }[]}
 */
export function listTestFiles() {
  return ["packages", "examples", "test"]
    .flatMap((folder) => listBelow(folder))
    .filter((path) => path.endsWith(".test.ts"))
    .map((path) => ({ path, text: readFileSync(join(TOP, path), "utf8") }));
}

/** @param {string} folder @returns {readonly string[]} */
function listBelow(folder) {
  return readdirSync(join(TOP, folder), { withFileTypes: true })
    .filter((entry) => !NOT_OURS.has(entry.name))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? listBelow(path) : [path];
    })
    .sort();
}
