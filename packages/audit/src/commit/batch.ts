import { bytesArray, plainArray, textArray } from "../array-literal.ts";
import { type LogDatabase, queryTexts } from "../database.ts";

/** A record as its row: the body, and what is searched. */
export interface LogRow {
  /** UTC milliseconds. */
  readonly at: number;
  readonly actor: string;
  readonly seller: string | null;
  readonly action: string;
  readonly outcome: string;
  /** Pseudonyms, 32 hex digits each, in the order of the records. */
  readonly subjects: readonly string[];
  readonly body: Uint8Array;
}

const APPEND = `select garim.append($1::text::uuid, $2::text, $3::text::bytea[], $4::text::text[], $5::text::text[],
  $6::text::text[], $7::text::text[], $8::text::text[], $9::text::bigint[])::text as first`;

/**
 * Appends rows in one call and one transaction. Called again with the same id it appends nothing and answers the same.
 *
 * @param id - the batch's id, a UUID
 * @param lockTimeoutMs - how long it may wait for the batches of other nodes
 * @returns the place of the first row; the others follow without gaps
 */
export async function appendBatch(
  database: LogDatabase,
  id: string,
  rows: readonly LogRow[],
  lockTimeoutMs: number,
): Promise<number> {
  const [row] = await queryTexts(database, APPEND, [id, `${lockTimeoutMs}ms`, ...columnsOf(rows)]);
  const first = Number(row?.["first"] ?? Number.NaN);
  if (!Number.isSafeInteger(first)) throw new Error("garim.append did not say where the batch begins");
  return first;
}

function columnsOf(rows: readonly LogRow[]): readonly string[] {
  return [
    bytesArray(rows.map((row) => row.body)),
    textArray(rows.map((row) => plainArray(row.subjects))),
    textArray(rows.map((row) => row.actor)),
    textArray(rows.map((row) => row.seller)),
    textArray(rows.map((row) => row.action)),
    textArray(rows.map((row) => row.outcome)),
    plainArray(rows.map((row) => row.at)),
  ];
}

/** About how many bytes a row is on the wire. */
export function wireBytes(row: LogRow): number {
  return 2 * row.body.length + 33 * row.subjects.length + 256;
}
