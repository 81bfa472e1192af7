import { plainArray, textArray } from "../array-literal.ts";
import { type LogDatabase, queryTexts } from "../database.ts";
import { rootOf } from "../merkle/tree.ts";

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
  /** Pseudonyms, 32 hex digits each, in the order of the records. */
  readonly subjects: readonly string[];
  readonly body: Uint8Array;
  /** The hash of the record's bytes: body and subjects. */
  readonly leaf: Uint8Array;
}

/** Those columns that are texts as they are, in the order of the function's arguments. */
const TEXTS = [
  "kind",
  "actor",
  "seller",
  "session",
  "ip",
  "action",
  "outcome",
  "purpose",
  "target",
  "key",
] as const satisfies readonly (keyof LogRow)[];

const APPEND = `select garim.append($1::text::uuid, $2::text, $3::text::bytea, $4::bytea, $5::text::integer[], $6::text::uuid[],
  $7::text::bigint[], ${TEXTS.map((_, i) => `$${8 + i}::text::text[]`).join(", ")})::text as first, $1::text as batch`;

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
  // A client that hands out the reply of another question must not have an answer leave whose record nobody has: asked again, it is told.
  if (row?.["batch"] !== id) throw new Error("the database client answered for another batch of records");
  const first = Number(row?.["first"] ?? Number.NaN);
  if (!Number.isSafeInteger(first)) throw new Error("garim.append did not say where the batch begins");
  return first;
}

/** Bytes go as they are: as texts within texts they cost the process and the database a sixth of an append. */
function columnsOf(rows: readonly LogRow[]): readonly unknown[] {
  const leaves = rows.map((row) => row.leaf);
  return [
    `\\x${Buffer.from(rootOf(leaves)).toString("hex")}`,
    Buffer.concat(rows.flatMap(({ leaf, body }) => [leaf, body])),
    plainArray(endsOf(rows)),
    plainArray(rows.flatMap(({ subjects }) => subjects)),
    plainArray(rows.map((row) => row.at)),
    ...TEXTS.map((name) => textArray(rows.map((row) => row[name]))),
  ];
}

/** Of each row where its bytes end, and where its subjects do. */
function endsOf(rows: readonly LogRow[]): readonly number[] {
  let [bytes, subjects] = [0, 0];
  return rows.flatMap((row) => {
    bytes += row.leaf.length + row.body.length;
    subjects += row.subjects.length;
    return [bytes, subjects];
  });
}

/** About how many bytes a row is on the wire. */
export function wireBytes(row: LogRow): number {
  return row.body.length + 33 * row.subjects.length + 512;
}
