// @ts-check
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TOP } from "../run/process.mjs";

/** Folders of the packages that are published, from the top. @returns {readonly string[]} */
export function listPublished() {
  return readdirSync(join(TOP, "packages"))
    .map((name) => `packages/${name}`)
    .filter((folder) => JSON.parse(readFileSync(join(TOP, folder, "package.json"), "utf8")).private !== true)
    .toSorted();
}
