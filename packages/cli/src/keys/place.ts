import { openToOthers, readKeyFile } from "@garim/audit";
import { readConfig } from "../connect/config.ts";
import { findKeys } from "../connect/place.ts";
import { inputInvalid } from "../input-error.ts";
import type { Terminal } from "../terminal.ts";
import type { KeyFileOptions } from "./command.ts";

/**
 * Finds the key file that is meant. Says where others than its owner can read it.
 *
 * @throws GarimError `ERR_GARIM_INPUT_INVALID` where none is said; `ERR_GARIM_KEYS_MISSING`, `ERR_GARIM_KEYS_INVALID`
 */
export async function findKeyFile(options: KeyFileOptions, terminal: Terminal): Promise<string> {
  const path = findKeys(options.keys, await readConfig(options.config), terminal.env);
  if (path === undefined)
    throw inputInvalid("No key file is said; write --keys FILE, or GARIM_KEYS=FILE in the environment");
  if (readKeyFile(path).isOpenToOthers) terminal.say(openToOthers(path).message);
  return path;
}
