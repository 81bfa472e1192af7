import { GarimError } from "@garim/policy";
import type { LogEntry } from "../../access.ts";
import { ocsfOf } from "./ocsf.ts";

/**
 * Records as NDJSON: an OCSF event a line, each ended.
 *
 * @throws GarimError `ERR_GARIM_SINK_REFUSED`
 */
export function ocsfLines(records: readonly LogEntry[]): string {
  return records.map((entry) => `${jsonOf(entry)}\n`).join("");
}

/** Records as one JSON array of OCSF events. Errors as {@link ocsfLines}. */
export function ocsfArray(records: readonly LogEntry[]): string {
  return `[${records.map(jsonOf).join(",")}]`;
}

/** What cannot be written now cannot be written later either: it must not come again for ever. */
function jsonOf(entry: LogEntry): string {
  try {
    return JSON.stringify(ocsfOf(entry));
  } catch (error) {
    throw new GarimError(
      "ERR_GARIM_SINK_REFUSED",
      `The access record of seq ${entry.seq} cannot be written as OCSF (see cause)`,
      error,
    );
  }
}
