import { createKeyFile, makeKeyFile, openKeyFile, type PseudonymKeys, type SignerKeys } from "@garim/audit";
import type { SecretKeys } from "@garim/auth";
import { isGarimError } from "@garim/policy";

/** The secrets of a deployment. They live outside the database: who has only one of the two cannot name a data subject. */
export interface Keys {
  /** Make subjects pseudonyms in the log. */
  readonly subjects: PseudonymKeys;
  /** Encrypt second factors at rest. */
  readonly secrets: SecretKeys;
  /** Sign the log's checkpoints; without any nothing is signed. */
  readonly signers?: SignerKeys;
  /** How old the oldest key in use is, whole days; `null` where nobody knows. Above a year, `onAlert` says so. */
  readonly ageDays?: (now: number) => number | null;
}

/**
 * Opens the keys of a file and follows its changes, within a second of use; one that cannot be read is said on standard error, and
 * changes nothing. Outside production a missing file is made (and said), readable by its owner only.
 *
 * @throws GarimError `ERR_GARIM_KEYS_MISSING` (production), `ERR_GARIM_KEYS_INVALID` (damaged, or in production readable by others)
 */
export function keysFromFile(path: string): Required<Keys> {
  const isProduction = process.env["NODE_ENV"] === "production";
  const open = (): Required<Keys> =>
    openKeyFile(path, { isProduction, onFault: (fault) => say(fault.message) });
  try {
    return open();
  } catch (error) {
    if (isProduction || !isMissing(error)) throw error;
  }
  createKeys(path);
  say(`made new keys in ${path}; keep that file: without it second factors are lost`);
  return open();
}

function isMissing(error: unknown): boolean {
  return isGarimError(error) && error.code === "ERR_GARIM_KEYS_MISSING";
}

/**
 * Writes a file of fresh keys, readable by its owner only. Never overwrites one: the old keys would be lost, and with them
 * every second factor and the way from a buyer to the log.
 *
 * @throws GarimError `ERR_GARIM_KEYS_INVALID` where a file is there already, or cannot be written
 */
export function createKeys(path: string): void {
  createKeyFile(path, makeKeyFile({ now: Date.now() }));
}

function say(text: string): void {
  process.stderr.write(`garim: ${text}\n`);
}
