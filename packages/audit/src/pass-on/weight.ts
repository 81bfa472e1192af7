import type { LogEntry } from "../access.ts";

const ENTRY_BYTES = 1_024;
const RECORD_BYTES = 192;
const SUBJECT_BYTES = 128;
const LINE_BYTES = 128;
const CLAIM_BYTES = 128;

/** About how many bytes of memory an entry takes: not less than its JSON. It is asked on the way of an answer, so it only counts. */
export function weighEntry({ access }: LogEntry): number {
  let bytes = ENTRY_BYTES + 2 * (access.route.length + (access.purpose?.length ?? 0));
  for (const { subjects, lines } of access.records) {
    bytes += RECORD_BYTES + SUBJECT_BYTES * subjects.length;
    for (const { claims } of lines) bytes += LINE_BYTES + CLAIM_BYTES * claims.length;
  }
  return bytes;
}
