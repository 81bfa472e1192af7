// @ts-check
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The folder of the whole workspace. */
export const TOP = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Runs a tool's script on this very Node, its output shown as it comes.
 *
 * @param {string} script - from the top of the workspace
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env] - added to this process's own
 * @returns {number | null} its exit code
 */
export function runNode(script, args, env = {}) {
  const { error, status } = spawnSync(process.execPath, [script, ...args], {
    cwd: TOP,
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (error !== undefined) throw error;
  return status;
}

/**
 * Does one step under a headline and says how long it took. What it throws is printed and counts as a failure.
 *
 * @param {string} title
 * @param {() => boolean | Promise<boolean>} step - tells whether it passed
 * @returns {Promise<{ title: string, isPassed: boolean }>}
 */
export async function timed(title, step) {
  const start = performance.now();
  console.log(`\n== ${title}`);
  const isPassed = await attempt(step);
  console.log(`== ${title}: ${isPassed ? "passed" : "FAILED"} in ${seconds(performance.now() - start)}`);
  return { title, isPassed };
}

/** @param {() => boolean | Promise<boolean>} step */
async function attempt(step) {
  try {
    return await step();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
}

/** @param {number} ms */
function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}
