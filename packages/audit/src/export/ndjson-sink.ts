import { type Found, isDamaged } from "../ask/entry.ts";
import { DAMAGE, LOG_COLUMNS } from "./columns.ts";
import type { FileTarget, RowSink } from "./sink.ts";
import { textSink } from "./text-sink.ts";

/** An export as NDJSON for programs: a JSON object a line, with codes instead of words. */
export function ndjsonSink(target: FileTarget): RowSink {
  return textSink(target, {
    format: "ndjson",
    head: "",
    line: (found) => `${JSON.stringify(rowOf(found))}\n`,
  });
}

/** A record as NDJSON has it: its columns by name. */
export function rowOf(found: Found): Readonly<Record<string, unknown>> {
  if (isDamaged(found)) return { seq: found.seq, [DAMAGE.key]: found.why };
  return Object.fromEntries(LOG_COLUMNS.map(({ key, value }) => [key, value(found)]));
}
