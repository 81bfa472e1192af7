import type { RecordSchema } from "../schema/schema.ts";
import type { Cursor } from "./cursor.ts";
import type { Member, Step } from "./plan.ts";
import type { Sink } from "./sink.ts";
import type { ValueWriter } from "./value-writers.ts";

/** Writes the members of an object, each with a comma before it, and returns the end, exclusive. */
export type MembersWriter = (
  sink: Sink,
  at: number,
  object: object,
  record: object,
  cursor: Cursor,
) => number;

/** The writer of a kind of record; nested records have decisions of their own, so it is looked up, not inlined. */
export type RecordWriters = (schema: RecordSchema) => ValueWriter;

/** Turns plans into writers. Both back ends write equal bytes. */
export interface BackEnd {
  compileValue(step: Step, recordWriters: RecordWriters): ValueWriter;
  compileMembers(members: readonly Member[], recordWriters: RecordWriters): MembersWriter;
}
