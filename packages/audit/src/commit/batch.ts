import { type LogDatabase, queryTexts } from "../database.ts";
import { type BatchForm, TEXT_FORM } from "./batch-form.ts";

/** A record as its row: the bytes that are proved, and what is searched. */
export interface LogRow {
  /** UTC milliseconds. */
  readonly at: number;
  readonly kind: string;
  readonly actor: string;
  readonly seller: string | null;
  readonly session: string | null;
  readonly ip: string;
  readonly action: string;
  readonly outcome: string;
  readonly purpose: string | null;
  /** The identifier of whom it was done to. */
  readonly target: string | null;
  /** The key that signed the tool's token. */
  readonly key: string | null;
  /** Pseudonyms, 16 bytes each, in the order of the records. */
  readonly subjects: Uint8Array;
  readonly body: Uint8Array;
  /** The hash of the record's bytes: body and subjects. */
  readonly leaf: Uint8Array;
}

/**
 * Appends rows in one call and one transaction. Called again with the same id it appends nothing and answers the same.
 *
 * @param id - the batch's id, a UUID
 * @param lockTimeoutMs - how long it may wait for the batches of other nodes
 * @param form - of `findBatchForm`; what it is changes nothing of what is stored
 * @returns the place of the first row; the others follow without gaps
 */
export async function appendBatch(
  database: LogDatabase,
  id: string,
  rows: readonly LogRow[],
  lockTimeoutMs: number,
  form: BatchForm = TEXT_FORM,
): Promise<number> {
  const [row] = await queryTexts(database, form.statement, [
    id,
    `${lockTimeoutMs}ms`,
    ...form.columnsOf(rows),
  ]);
  // A client that hands out the reply of another question must not have an answer leave whose record nobody has: asked again, it is told.
  if (row?.["batch"] !== id) throw new Error("the database client answered for another batch of records");
  const first = Number(row?.["first"] ?? Number.NaN);
  if (!Number.isSafeInteger(first)) throw new Error("garim.append did not say where the batch begins");
  return first;
}

/** About how many bytes a row is on the wire. */
export function wireBytes(row: LogRow): number {
  return row.body.length + 2 * row.subjects.length + 512;
}
