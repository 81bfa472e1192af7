import type { LogEntry } from "../../access.ts";
import { ocsfOf } from "./ocsf.ts";

/** Records as NDJSON: an OCSF event a line, each ended. */
export function ocsfLines(records: readonly LogEntry[]): string {
  return records.map((entry) => `${JSON.stringify(ocsfOf(entry))}\n`).join("");
}
