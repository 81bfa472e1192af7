// @ts-check
import { parentPort, workerData } from "node:worker_threads";
import { revealsMore } from "./differential.mjs";
import { compile, instantiate, testsOf } from "./modules.mjs";
import { listMutants } from "./mutants.mjs";
import { findFailure } from "./suite.mjs";

/**
 * What became of a mutant: `killed` by a test (or no program at all); `survived`, but never revealing more; or it `reveals` more.
 *
 * @typedef {"killed" | "survived" | "reveals"} Fate
 * @typedef {Omit<import("./mutants.mjs").Mutant, "source"> & { readonly fate: Fate }} Outcome
 */

const original = instantiate(new Map())("src/index.ts");

/** @param {import("./mutants.mjs").Mutant} mutant @returns {Fate} */
function judge({ path, source }) {
  const replaced = replace(path, source);
  if (replaced === undefined || findFailure(testsOf(path), replaced) !== undefined) return "killed";
  return revealsMore(original, instantiate(replaced)("src/index.ts")) ? "reveals" : "survived";
}

/** @param {string} path @param {string} source */
function replace(path, source) {
  try {
    return new Map([[path, compile(path, source)]]);
  } catch {
    return undefined;
  }
}

/** @type {{ paths: readonly string[], share: number, shares: number }} */
const { paths, share, shares } = workerData;
const mine = paths.flatMap(listMutants).filter((_, i) => i % shares === share);
for (const mutant of mine) {
  const { path, line, was, by } = mutant;
  parentPort?.postMessage({ path, line, was, by, fate: judge(mutant) });
}
