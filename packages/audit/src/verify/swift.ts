import { hash } from "node:crypto";
import { type LogDatabase, queryTexts } from "../database.ts";
import { HASH_BYTES as LEAF_BYTES } from "../merkle/hash.ts";
import { rootOf } from "../merkle/tree.ts";
import { readBinaryRows } from "./binary-rows.ts";
import { isEqual } from "./copy-part.ts";
import { epochText } from "./epoch.ts";
import { NULLABLE, PLAIN, type RangeTask } from "./range.ts";
import { COMPARED, RowComparer } from "./row-comparer.ts";
import { type Skimmed, skimRecord } from "./skim.ts";

/** What stands between two columns, and what after a row; a record that holds one of them itself goes the exact way. */
const COLUMN_END = "\u001f";
const ROW_END = "\u001e";

/** A row as numbers: all its bytes, those of its stored leaf, place, moment, subjects and how they are nested. */
const NUMBERS = `octet_length(bytes) || ',' || octet_length(leaf) || ',' || seq || ',' || extract(epoch from recorded_at) || ',' || cardinality(subjects)
  || '.' || coalesce(array_ndims(subjects), 1) || '.' || coalesce(array_lower(subjects, 1), 1)`;

const TEXTS = `extract(epoch from at) || e'\\x1f' || ${PLAIN.join(" || e'\\x1f' || ")}
  || ${NULLABLE.map((name) => `e'\\x1f' || coalesce('+' || ${name}, '-')`).join(" || ")} || e'\\x1e'`;

/** Base64 takes a third less than hex; in lines, as PostgreSQL writes it, it takes Node more than twice as long to read. */
const inBase64 = (bytes: string): string => `replace(encode(string_agg(${bytes}, ''), 'base64'), e'\\n', '')`;

/**
 * A range in four values instead of rows and columns, which costs a tenth: the bytes as they are hashed, 0x00 before each record; the
 * stored leaves; the numbers; the texts.
 */
function swiftQuery(table: RangeTask["table"]): string {
  return `select ${inBase64("bytes")} as bytes, ${inBase64("leaf")} as leaves, string_agg(${NUMBERS}, ';') as numbers, string_agg(${TEXTS}, '') as texts
    from (select *, decode('00', 'hex') || body || decode(replace(array_to_string(subjects, ''), '-', ''), 'hex') as bytes from garim.${table}
      where seq >= $1::text::bigint and seq <= $2::text::bigint order by seq, recorded_at limit $3::text::bigint) as r`;
}

/** A record's bytes where they are. */
export interface SwiftRow {
  readonly seq: number;
  readonly bytes: Buffer;
  readonly start: number;
  /** Where the body ends and the subjects begin. */
  readonly bodyEnd: number;
  readonly end: number;
}

/** A range in which every record is what it was and where it was. */
export interface SwiftRows {
  /** Only where decisions are to be made again. */
  readonly rows: readonly SwiftRow[];
  /** 32 bytes each, where they were not given; else empty. */
  readonly leaves: Uint8Array;
}

interface Read {
  /** Of all rows. */
  readonly bytes: number;
  /** `undefined` where anything is other than it was, or cannot be compared so. */
  readonly same: SwiftRows | undefined;
}

/** Reads a range and compares it in one go: row by row in binary form where the driver can, which costs half, else as four texts. */
export async function readSwiftly(database: LogDatabase, task: RangeTask): Promise<Read> {
  const { first, last, table } = task;
  const rows = new RowComparer(task);
  const statement = `select ${COMPARED.join(", ")} from garim.${table} where seq >= ${first} and seq <= ${last}
    order by seq, recorded_at limit ${last - first + 2}`;
  const isRead = await readBinaryRows(database, statement, (row) => rows.compare(row));
  return isRead ? { bytes: rows.bytes, same: rows.finish() } : readAsTexts(database, task);
}

async function readAsTexts(database: LogDatabase, task: RangeTask): Promise<Read> {
  const count = task.last - task.first + 1;
  const [row] = await queryTexts(database, swiftQuery(task.table), [
    `${task.first}`,
    `${task.last}`,
    `${count + 1}`,
  ]);
  const bytes = Buffer.from(row?.["bytes"] ?? "", "base64");
  const leaves = Buffer.from(row?.["leaves"] ?? "", "base64");
  const read = bytes.length + leaves.length;
  const numbers = (row?.["numbers"] ?? "").split(";");
  const isWhole = numbers.length === count && leaves.length === LEAF_BYTES * count;
  // Where only the batch's root is known, the stored hashes count if they make that root.
  const isExpected = isWhole && (task.leaves.length === 0 || isEqual(leaves, task.leaves));
  if (!isExpected) return { bytes: read, same: undefined };
  return { bytes: read, same: compareAll(task, { bytes, leaves, numbers, texts: row?.["texts"] ?? "" }) };
}

/** What was read of a range. */
interface SwiftRange {
  readonly bytes: Buffer;
  /** 32 bytes each. */
  readonly leaves: Buffer;
  readonly numbers: readonly string[];
  readonly texts: string;
}

function compareAll(task: RangeTask, { bytes, leaves, numbers, texts }: SwiftRange): SwiftRows | undefined {
  // One text: to look into it costs less than to ask a buffer, and every record is looked up in it.
  const leafText = leaves.toString("latin1");
  const latin1 = bytes.toString("latin1");
  const rows: SwiftRow[] = [];
  let start = 0;
  let textAt = 0;
  let i = 0;
  for (const { size, recordedAt, root } of task.batches) {
    const moment = epochText(recordedAt);
    const first = i;
    for (; i < first + size; i++) {
      const text = numbers[i] ?? "";
      const [length = 0, subjects = 0] = [Number.parseInt(text, 10), subjectsOf(text)];
      const end = start + length;
      if (text !== `${length},${LEAF_BYTES},${task.first + i},${moment},${subjects}.1.1`) return undefined;
      const bodyEnd = end - 16 * subjects;
      if (end > bytes.length || bodyEnd <= start) return undefined;
      const digest = hash("sha256", bytes.subarray(start, end), "binary");
      if (!leafText.startsWith(digest, LEAF_BYTES * i)) return undefined;
      const expected = textsOf(bytes, start + 1, bodyEnd, latin1);
      if (expected === undefined || !texts.startsWith(expected, textAt)) return undefined;
      textAt += expected.length;
      if (task.isReplay) rows.push({ seq: task.first + i, bytes, start: start + 1, bodyEnd, end });
      start = end;
    }
    if (task.leaves.length === 0 && !isEqual(rootOf(cut(leaves, first, size)), root)) return undefined;
  }
  if (start !== bytes.length || textAt !== texts.length) return undefined;
  return { rows, leaves: task.leaves.length === 0 ? leaves : new Uint8Array() };
}

function cut(leaves: Buffer, first: number, count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, i) =>
    leaves.subarray(LEAF_BYTES * (first + i), LEAF_BYTES * (first + i + 1)),
  );
}

/** The last of the numbers begins with how many subjects there are. */
function subjectsOf(numbers: string): number {
  return Number.parseInt(numbers.slice(numbers.lastIndexOf(",") + 1), 10);
}

const NOT_ASCII = /[\u0080-\u00ff]/;

/** A row's texts as its bytes say them; `undefined` where the bytes are no record, or the texts would not be told apart. */
function textsOf(bytes: Buffer, start: number, end: number, latin1: string): string | undefined {
  const fast = skimRecord(bytes, start, end, latin1);
  const texts = fast && textOf(fast);
  // Most texts are ASCII; of any other the bytes are read as what they are.
  if (texts === undefined || !NOT_ASCII.test(texts)) return texts;
  const skimmed = skimRecord(bytes, start, end);
  return skimmed && textOf(skimmed);
}

/** A row's texts; `undefined` where they would not be told apart. */
function textOf(skimmed: Skimmed): string | undefined {
  const { at, kind, actor, ip, action, outcome, seller, session, purpose, target, key } = skimmed;
  const plain = `${epochText(at)}${COLUMN_END}${kind}${COLUMN_END}${actor}${COLUMN_END}${ip}${COLUMN_END}${action}${COLUMN_END}${outcome}`;
  const nullable = `${mark(seller)}${mark(session)}${mark(purpose)}${mark(target)}${mark(key)}`;
  const texts = [actor, ip, seller, session, purpose, target, key];
  const hasEnd = texts.some(
    (text) => text?.includes(COLUMN_END) === true || text?.includes(ROW_END) === true,
  );
  return hasEnd ? undefined : `${plain}${nullable}${ROW_END}`;
}

function mark(text: string | null): string {
  return text === null ? `${COLUMN_END}-` : `${COLUMN_END}+${text}`;
}
