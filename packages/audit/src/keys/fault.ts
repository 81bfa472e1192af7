import { GarimError } from "@garim/policy";

/** Says that keys cannot be changed as asked: what was seen, and what to do. Never holds a key. */
export function keysInvalid(message: string): GarimError {
  return new GarimError("ERR_GARIM_KEYS_INVALID", message);
}
