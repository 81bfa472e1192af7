// @ts-check
import { readFileSync } from "node:fs";

/**
 * @typedef {object} Row
 * @property {string} id
 * @property {string} attack
 * @property {string} shown - what shows it stopped
 */

/** @type {readonly Row[]} */
export const ROWS = JSON.parse(readFileSync(new URL("rows.json", import.meta.url), "utf8")).rows;

/** Whether a test is about a row, by the ids in brackets in its name. @param {string} name @param {string} id */
export function isAbout(name, id) {
  return [...name.matchAll(/\[([^\][]+)\]/g)].some(([, ids = ""]) => ids.split(/\s+/).includes(id));
}
