import { type Disclosure, type KindSet, NO_KINDS } from "@garim/policy";
import { MASK_PROFILE } from "../mask.ts";
import { kindsIn } from "../schema/node.ts";
import type { RecordSchema } from "../schema/schema.ts";
import type { BackEnd, MembersWriter, RecordWriters } from "./back-end.ts";
import { encode, makeRun, type Run, writeNull, writeRun, writeString } from "./bytes.ts";
import { closeObject } from "./containers.ts";
import { clearOf, keepNewest, restReasonOf } from "./disclosed.ts";
import { planRecord, type RecordPlan } from "./plan.ts";
import type { Sink } from "./sink.ts";
import { LEFT_OUT, type ValueWriter } from "./value-writers.ts";

/** A record's writer under one set of clear kinds. */
interface CompiledRecord {
  readonly writeMembers: MembersWriter;
  /** `["buyer.email"]` as JSON; empty where nothing is hidden, or the record is not to say so. */
  readonly hidden: string;
  /** `,"_masked":{...` up to the reason and profile, by reason. */
  readonly marks: Map<string, Uint8Array>;
}

const WITHHELD: KindSet = -1;
const UNTIL: Run = makeRun(',"until":');

/**
 * The writers of an answer's kinds of records, one each.
 *
 * @param isMarked - whether a record says itself what of it is masked
 */
export function makeRecordWriters(backEnd: BackEnd, isMarked: boolean): RecordWriters {
  const writers = new Map<RecordSchema, ValueWriter>();
  const recordWriters: RecordWriters = (schema) => {
    const known = writers.get(schema);
    if (known !== undefined) return known;
    const writer = makeWriter(schema, backEnd, recordWriters, isMarked);
    writers.set(schema, writer);
    return writer;
  };
  return recordWriters;
}

function makeWriter(
  schema: RecordSchema,
  backEnd: BackEnd,
  recordWriters: RecordWriters,
  isMarked: boolean,
): ValueWriter {
  const kinds = kindsIn(schema.shape);
  const compiled = new Map<KindSet, CompiledRecord>();
  const compiledFor = (disclosure: Disclosure): CompiledRecord => {
    const set = disclosure.kind === "withhold" ? WITHHELD : clearOf(disclosure) & kinds;
    const known = compiled.get(set);
    if (known !== undefined) return known;
    const { members, hidden } = planUnder(schema, set);
    const writeMembers = backEnd.compileMembers(members, recordWriters);
    const said = isMarked && hidden.length > 0 ? JSON.stringify(hidden) : "";
    const record: CompiledRecord = { writeMembers, hidden: said, marks: new Map() };
    keepNewest(compiled, set, record);
    return record;
  };
  return (sink, at, value, _record, cursor) => {
    if (value === undefined) return LEFT_OUT;
    if (value === null) return writeNull(sink, at);
    const disclosure = cursor.take(schema, value);
    const record = compiledFor(disclosure);
    // The cursor gave a decision, so this is the object that was found.
    const end = record.writeMembers(sink, at, value as object, value as object, cursor);
    return closeObject(sink, at, writeMark(sink, end, record, disclosure));
  };
}

function planUnder(schema: RecordSchema, set: KindSet): RecordPlan {
  return set === WITHHELD ? planRecord(schema, NO_KINDS, "withheld") : planRecord(schema, set, "masked");
}

/** Says what is masked and why: stars that are not said would be stored as real names. */
function writeMark(sink: Sink, at: number, record: CompiledRecord, disclosure: Disclosure): number {
  if (record.hidden === "") return at;
  const mark = markOf(record, restReasonOf(disclosure));
  let end = at + mark.length;
  if (end > sink.limit) sink.grow(end);
  sink.bytes.set(mark, at);
  if (disclosure.kind === "reveal" && disclosure.until !== null) {
    end = writeString(sink, writeRun(sink, end, UNTIL), new Date(disclosure.until).toISOString());
  }
  sink.bytes[end] = 0x7d;
  return end + 1;
}

function markOf({ hidden, marks }: CompiledRecord, reason: string): Uint8Array {
  const known = marks.get(reason);
  if (known !== undefined) return known;
  const mark = encode(
    `,"_masked":{"fields":${hidden},"reason":${JSON.stringify(reason)},"profile":"${MASK_PROFILE}"`,
  );
  keepNewest(marks, reason, mark);
  return mark;
}
