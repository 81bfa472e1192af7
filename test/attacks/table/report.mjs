// @ts-check

import { MUTANTS, nameMutant } from "./mutant.mjs";
import { isAbout, ROWS } from "./rows.mjs";

/**
 * What the tests of a row came to.
 *
 * @typedef {object} RowResult
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {readonly string[]} files - from the top of the workspace
 * @property {string} on - `2026-11-22`
 *
 * What a mutant came to.
 *
 * @typedef {object} MutantResult
 * @property {number} count - tests of the row that failed; none where it survived
 * @property {readonly string[]} killers - the names of the first of them
 * @property {string} on
 *
 * @typedef {object} Results
 * @property {string} node
 * @property {string} machine
 * @property {Readonly<Record<string, RowResult>>} rows - by id
 * @property {Readonly<Record<string, MutantResult>>} mutants - by name
 */

/**
 * What the tests of a row came to, of all that ran.
 *
 * @param {string} id
 * @param {readonly import("./run.mjs").Ran[]} ran
 */
export function countRow(id, ran) {
  const own = ran.filter(({ name }) => isAbout(name, id));
  const count = (/** @type {string} */ status) => own.filter((one) => one.status === status).length;
  return { passed: count("passed"), failed: count("failed"), skipped: count("skipped") };
}

const MOST_NAMES = 2;
const LONGEST_NAME = 160;

/**
 * The row's tests that noticed a mutant.
 *
 * @param {string} id
 * @param {readonly import("./run.mjs").Ran[]} ran
 */
export function killersOf(id, ran) {
  const failed = ran.filter(({ name, status }) => status === "failed" && isAbout(name, id));
  const killers = failed.slice(0, MOST_NAMES).map(({ name }) => name.slice(0, LONGEST_NAME));
  return { count: failed.length, killers };
}

/**
 * Finds rows that do not count, each with the reason: a row counts if its tests ran and passed, and each of its mutants was noticed by
 * one of them.
 *
 * @param {Results} results
 * @returns {readonly string[]}
 */
export function findOpenRows({ rows, mutants }) {
  return ROWS.flatMap(({ id }) => {
    const row = rows[id];
    if (row === undefined || row.passed === 0) return [`${id}: no test of it ran`];
    if (row.failed > 0) return [`${id}: ${row.failed} of its tests failed`];
    const own = MUTANTS.filter((mutant) => mutant.id === id);
    if (own.length === 0) return [`${id}: it has no mutant`];
    return own
      .filter((mutant) => (mutants[nameMutant(mutant)]?.count ?? 0) === 0)
      .map(({ what }) => `${id}: no test of it noticed that ${what}`);
  });
}

/** The table as a document. @param {Results} results */
export function writeTable(results) {
  const open = findOpenRows(results);
  return `# Attacks: what shows each stopped, and that its tests can fail

Written by \`npm run attacks\`. Each row's tests have its id in their names. Each row has mutants: its defence removed in a copy of the
workspace, where one of the row's own tests has to fail. A row counts if its tests ran and passed, and each of its mutants was noticed.
The tests that ran here are those of this folder and those a mutant is judged by; the other tests with a row's id run with npm test.

${ROWS.length} rows, ${MUTANTS.length} mutants; ${open.length === 0 ? "every row counts" : `open: ${open.join("; ")}`}. Node ${results.node}, ${results.machine}.

| id | attack | tests that ran | in | without the defence | noticed by |
|---|---|---|---|---|---|
${ROWS.map((row) => writeRow(row, results)).join("\n")}
`;
}

/** @param {import("./rows.mjs").Row} row @param {Results} results */
function writeRow({ id, attack }, { rows, mutants }) {
  const row = rows[id];
  const own = MUTANTS.filter((mutant) => mutant.id === id);
  const cells = [
    id,
    attack,
    row === undefined ? "" : `${countWords(row)}, ${row.on}`,
    row === undefined ? "" : row.files.map(linkFile).join(", "),
    own.map(({ what }) => what).join("<br>"),
    own.map((mutant) => killerWords(mutants[nameMutant(mutant)])).join("<br>"),
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

/** @param {RowResult} row */
function countWords({ passed, failed, skipped }) {
  return `${passed} passed${failed > 0 ? `, ${failed} failed` : ""}${skipped > 0 ? `, ${skipped} left out` : ""}`;
}

/** @param {MutantResult | undefined} result */
function killerWords(result) {
  const count = result?.count ?? 0;
  return count === 0 ? "nobody" : `${count} ${count === 1 ? "test" : "tests"}, ${result?.on}`;
}

/** @param {string} path */
function linkFile(path) {
  const name = path
    .split("/")
    .at(-1)
    ?.replace(/\.test\.ts$/, "");
  return `[${name}](../../${path})`;
}
