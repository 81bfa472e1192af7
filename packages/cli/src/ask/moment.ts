import { readMoment } from "@garim/policy";
import { inputInvalid } from "../input-error.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Reads a moment of the command line: a day is one of Korea and begins at its midnight; a time needs its zone.
 *
 * @returns UTC milliseconds
 * @throws GarimError `ERR_GARIM_INPUT_INVALID`
 */
export function readCommandMoment(name: string, text: string): number {
  const at = readMoment(DAY.test(text) ? `${text}T00:00+09:00` : text);
  if (at !== null && !Number.isNaN(at)) return at;
  throw inputInvalid(
    `${name} must be a day, as 2026-11-01, or a time with its zone, as 2026-11-01T09:00+09:00`,
  );
}
