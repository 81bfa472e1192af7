import { GarimError } from "@garim/policy";

/** Says that what the command was given cannot be used: what was seen, and what to do. Never holds a value of the input. */
export function inputInvalid(message: string, cause?: unknown): GarimError {
  return new GarimError("ERR_GARIM_INPUT_INVALID", message, cause);
}
