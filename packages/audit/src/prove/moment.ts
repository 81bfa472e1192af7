import type { Checkpoint } from "../note/checkpoint.ts";

/**
 * The moment that a checkpoint's line `at` says: the clock of whoever signed it, which nothing else proves.
 *
 * @returns UTC milliseconds; `null` where no line says one
 */
export function signedMoment({ extensions }: Checkpoint): number | null {
  const line = extensions.find((one) => one.startsWith("at ")) ?? "";
  const at = Date.parse(line.slice(3));
  // Only in the form that was written: engines differ in what else they read.
  return !Number.isNaN(at) && line === `at ${new Date(at).toISOString()}` ? at : null;
}
