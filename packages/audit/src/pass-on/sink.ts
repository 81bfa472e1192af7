import type { LogEntry } from "../access.ts";

/** Where access records go besides the log: a collector, a file, a queue. Implement it for any other; two ship. */
export interface RecordSink {
  /** For messages; no two sinks of a log share one. */
  readonly name: string;

  /**
   * Takes records, in the order they became durable, and resolves when it has them for sure. Rejects with any error where it has
   * not: the same records come again. Rejects with a `GarimError` of code `ERR_GARIM_SINK_REFUSED` where they would be refused
   * every time: they are dropped, and that is said.
   *
   * @param records - at least one; some of them may have come before (at-least-once), so tell them apart by `id`
   * @param signal - aborted when nobody waits for this call any more
   */
  send(records: readonly LogEntry[], signal?: AbortSignal): Promise<void>;

  /** Called once, after the last `send`. */
  close?(): Promise<void>;
}
