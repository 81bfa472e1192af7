// @ts-check
import { createHash } from "node:crypto";
import { ANSWERS } from "./mutants/answers.mjs";
import { LOG } from "./mutants/log.mjs";
import { PEOPLE } from "./mutants/people.mjs";
import { TOOLS } from "./mutants/tools.mjs";

/**
 * A defence removed: what a test of its attack has to notice.
 *
 * @typedef {object} Mutant
 * @property {string} id - the attack's row
 * @property {string} what - what is so without the defence
 * @property {string} file - from the top of the workspace
 * @property {string} was - text of the file, there once
 * @property {string} by - what stands there instead
 * @property {readonly string[]} tests - test files, from the top; of what fails in them only tests with the row's id count
 * @property {string} [only] - names of the tests to run, as a pattern; all of the files if left out
 */

/** @type {readonly Mutant[]} */
export const MUTANTS = [...PEOPLE, ...TOOLS, ...ANSWERS, ...LOG];

/** Names a mutant by what it does: a result of another text is none of this one. @param {Mutant} mutant */
export function nameMutant({ id, file, was, by }) {
  const digest = createHash("sha256")
    .update(JSON.stringify([file, was, by]))
    .digest("hex");
  return `${id}-${digest.slice(0, 12)}`;
}

/**
 * Applies a mutant to the text of its file.
 *
 * @param {string} text
 * @param {Mutant} mutant
 * @returns {string | undefined} the changed text; `undefined` where the text of the defence is not there, or not once
 */
export function applyMutant(text, { was, by }) {
  const [before, after, ...more] = text.split(was);
  return before === undefined || after === undefined || more.length > 0 ? undefined : before + by + after;
}
