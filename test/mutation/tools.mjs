// @ts-check
// The parser, type stripper and matchers that vitest brings: they are found from there, so nothing more has to be installed.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const fromHere = createRequire(import.meta.url);
const fromVitest = createRequire(fromHere.resolve("vitest/package.json"));
const fromVite = createRequire(fromVitest.resolve("vite/package.json"));

/** @param {string} path */
const load = (path) => import(pathToFileURL(path).href);

const { parseSync, transformSync } = await load(fromVite.resolve("rolldown/utils"));
const { chai, JestAsymmetricMatchers, JestChaiExpect, JestExtend } = await load(
  fromVitest.resolve("@vitest/expect"),
);

for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);

/** vitest's `expect`, without a running vitest. */
export const expect = chai.expect;

/**
 * A node of the syntax tree, as far as it is looked at.
 *
 * @typedef {{ readonly type: string, readonly start: number, readonly end: number } & Readonly<Record<string, any>>} Node
 */

/**
 * @param {string} path - its ending tells the language
 * @param {string} text
 * @returns {Node}
 */
export function parse(path, text) {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0].message}`);
  return program;
}

/**
 * @param {string} path
 * @param {string} text
 * @returns {string} the same module as JavaScript
 */
export function stripTypes(path, text) {
  const { code, errors } = transformSync(path, text, { lang: "ts", sourcemap: false });
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0].message}`);
  return code;
}

/**
 * Replaces spans of a text.
 *
 * @param {string} text
 * @param {readonly { start: number, end: number, by: string }[]} edits - not overlapping
 */
export function edit(text, edits) {
  const last = edits.toSorted((one, other) => other.start - one.start);
  return last.reduce((done, { start, end, by }) => done.slice(0, start) + by + done.slice(end), text);
}
