import { type KeyListing, listKeys, readKeyFile } from "@garim/audit";
import { isGarimError } from "@garim/policy";

/** What is known of a key file; never a key. */
export type KeyFacts =
  | { readonly state: "unsaid" }
  | { readonly state: "missing"; readonly path: string }
  /** The message says what is wrong and what to do. */
  | { readonly state: "unusable"; readonly message: string }
  | {
      readonly state: "read";
      readonly path: string;
      readonly isOpenToOthers: boolean;
      readonly keys: readonly KeyListing[];
    };

/**
 * Reads what a check may know of a key file: its rights, and ids and ages of its keys.
 *
 * @param now - UTC milliseconds
 */
export function readKeyFacts(path: string | undefined, now: number): KeyFacts {
  if (path === undefined) return { state: "unsaid" };
  try {
    const { file, isOpenToOthers } = readKeyFile(path);
    return { state: "read", path, isOpenToOthers, keys: listKeys(file, now) };
  } catch (error) {
    if (!isGarimError(error)) throw error;
    return error.code === "ERR_GARIM_KEYS_MISSING"
      ? { state: "missing", path }
      : { state: "unusable", message: error.message };
  }
}
