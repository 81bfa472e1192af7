import { findPlaces } from "../ask/places.ts";
import { type LogDatabase, queryTexts } from "../database.ts";
import { isCount } from "../merkle/subtree.ts";
import { decodeRecord } from "../record/decode.ts";
import { momentOfId } from "../record/id.ts";
import { noReference } from "./fault.ts";

/** A record as it is stored. */
export interface StoredRecord {
  readonly seq: number;
  readonly batchNo: number;
  readonly body: Uint8Array;
  /** 32 hex digits each. */
  readonly subjects: readonly string[];
}

/** What a record is asked for by. */
export type Reference = { readonly seq: number } | { readonly id: string; readonly at: number };

/** @returns `undefined` where it is neither a place, from 1, nor the id of a record */
export function readReference(record: string | number): Reference | undefined {
  const seq = typeof record === "string" && /^[0-9]{1,16}$/.test(record) ? Number(record) : record;
  if (typeof seq === "number") return isCount(seq) && seq > 0 ? { seq } : undefined;
  const id = seq.toLowerCase();
  const at = momentOfId(id);
  return at === undefined ? undefined : { id, at };
}

/** @throws GarimError `ERR_GARIM_QUERY_INVALID` for what is neither an id nor a place */
export function checkReference(record: string | number): Reference {
  const reference = readReference(record);
  if (reference === undefined) throw noReference();
  return reference;
}

/** The batch gives the moment, and with it the partition. */
const AT_PLACE = `select b.no::text, r.seq::text, encode(r.body, 'hex') as body,
    replace(array_to_string(r.subjects, ''), '-', '') as subjects
  from (select no, recorded_at from garim.log_batch where first_seq <= $1::text::bigint order by first_seq desc limit 1) b
  join garim.log_record r on r.seq = $1::text::bigint and r.recorded_at = b.recorded_at`;
/** One that outlived its month. */
const KEPT_AT_PLACE = AT_PLACE.replace("garim.log_record", "garim.log_kept");

/** @returns `undefined` where there is none at that place */
async function readRecord(database: LogDatabase, seq: number): Promise<StoredRecord | undefined> {
  const [found] = await queryTexts(database, AT_PLACE, [String(seq)]);
  const [row] = found === undefined ? await queryTexts(database, KEPT_AT_PLACE, [String(seq)]) : [found];
  return (
    row && {
      seq: Number(row["seq"]),
      batchNo: Number(row["no"]),
      body: Uint8Array.from(Buffer.from(row["body"] ?? "", "hex")),
      subjects: row["subjects"]?.match(/.{32}/g) ?? [],
    }
  );
}

/** Finds a record by what it is asked for. */
export async function findRecord(
  database: LogDatabase,
  reference: Reference,
): Promise<StoredRecord | undefined> {
  if ("seq" in reference) return readRecord(database, reference.seq);
  for await (const seq of findCandidates(database, reference)) {
    const record = await readRecord(database, seq);
    if (record !== undefined && idOf(record) === reference.id) return record;
  }
  return undefined;
}

/** Its place and its version stand before the id in every body. */
const OF_MOMENT = `at = to_timestamp($1::text::bigint / 1000.0)
  and position(decode($2::text, 'hex') in substring(body from 1 for 32)) > 0`;
const NEAR = `select seq::text from garim.log_record
  where seq >= $3::text::bigint and seq < $4::text::bigint and ${OF_MOMENT}`;
/** By the index of blocks on `at`. No order and no limit: either could make the whole log look cheaper. */
const ANYWHERE = `select seq::text from garim.log_record where ${OF_MOMENT}`;
const KEPT = `select seq::text from garim.log_kept where ${OF_MOMENT}`;

/** Between the moment of an access and its record stand a node's clock and its queue. */
const EARLIER_MS = 10_000;
const LATER_MS = 60_000;

/** Most records are written within the minute: those places are looked at first, and they are few. */
async function* findCandidates(
  database: LogDatabase,
  { id, at }: { readonly id: string; readonly at: number },
): AsyncGenerator<number> {
  const values = [String(at), id.replaceAll("-", "")];
  const { first, end } = await findPlaces(database, {
    from: Math.max(0, at - EARLIER_MS),
    to: at + LATER_MS,
  });
  yield* await findPlacesBy(database, NEAR, [...values, String(first), String(end)]);
  yield* await findPlacesBy(database, ANYWHERE, values);
  yield* await findPlacesBy(database, KEPT, values);
}

async function findPlacesBy(
  database: LogDatabase,
  statement: string,
  values: string[],
): Promise<readonly number[]> {
  const rows = await queryTexts(database, statement, values);
  return rows.map((row) => Number(row["seq"])).toSorted((one, other) => one - other);
}

/** What cannot be read has no id; the bytes that were looked for stand in it by chance. */
function idOf({ body, subjects }: StoredRecord): string | undefined {
  try {
    return decodeRecord(body, subjects).id;
  } catch {
    return undefined;
  }
}
