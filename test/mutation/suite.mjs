// @ts-check
import { runInThisContext } from "node:vm";
import { instantiate } from "./modules.mjs";
import { expect } from "./tools.mjs";

/** @typedef {import("./modules.mjs").Module} Module */

/** A mutant may loop for ever. */
const TIMEOUT_MS = 5_000;

/**
 * Runs test files until something fails. Tests of the package are synchronous, so a small stand-in for vitest is enough, and a
 * thousand times faster than starting the real one.
 *
 * @param {readonly string[]} tests
 * @param {ReadonlyMap<string, Module>} replaced
 * @returns {string | undefined} what failed; nothing where all pass
 */
export function findFailure(tests, replaced) {
  for (const test of tests) {
    const failure = timed(() => runFile(test, replaced));
    if (failure !== undefined) return `${test}: ${failure}`;
  }
  return undefined;
}

/** @param {() => string | undefined} action @returns {string | undefined} */
function timed(action) {
  const slot = /** @type {Record<string, unknown>} */ (globalThis);
  slot["__mutationAction"] = action;
  try {
    return runInThisContext("globalThis.__mutationAction()", { timeout: TIMEOUT_MS });
  } catch (error) {
    return messageOf(error);
  }
}

/** @param {string} test @param {ReadonlyMap<string, Module>} replaced */
function runFile(test, replaced) {
  /** @type {[string, () => void][]} */
  const cases = [];
  const it = withEach(
    (/** @type {string} */ name, /** @type {() => void} */ run) => void cases.push([name, run]),
  );
  const describe = withEach((/** @type {string} */ _, /** @type {() => void} */ body) => body());
  instantiate(replaced, new Map([["vitest", { describe, it, expect }]]))(test);
  for (const [name, run] of cases)
    try {
      run();
    } catch (error) {
      return `${name}: ${messageOf(error)}`;
    }
  return undefined;
}

/**
 * `it` and `describe` with their `each`.
 *
 * @param {(name: string, body: () => void) => void} declare
 */
function withEach(declare) {
  const each =
    (/** @type {readonly unknown[]} */ rows) =>
    (/** @type {string} */ name, /** @type {(...row: unknown[]) => void} */ body) => {
      for (const row of rows) declare(name, () => body(...(Array.isArray(row) ? row : [row])));
    };
  return Object.assign(declare, { each });
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
}
