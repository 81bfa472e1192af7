import type { LogDatabase } from "@garim/audit";
import { rootOf } from "../../packages/audit/src/merkle/tree.ts";
import { decodeRecord } from "../../packages/audit/src/record/decode.ts";
import { leafOf } from "../../packages/audit/src/record/leaf.ts";

/** The log as it lies in the database. */
export interface StoredLog {
  readonly records: readonly StoredRecord[];
  /** What is wrong with it, in words; nothing, where places have no gaps and every hash fits. */
  readonly faults: readonly string[];
}

export interface StoredRecord {
  readonly seq: number;
  readonly id: string;
  readonly action: string;
}

type Row = Readonly<Record<string, string>>;

const PAGE = 5_000;

/** Reads every stored byte and proves places, hashes, batches and ids, past the log's own queries. Nobody may append meanwhile. */
export async function readStoredLog(database: LogDatabase): Promise<StoredLog> {
  const faults: string[] = [];
  const records: StoredRecord[] = [];
  const leaves: Uint8Array[] = [];
  for await (const row of readRows(database)) {
    const { record, leaf } = readRow(row, faults);
    records.push(record);
    leaves.push(leaf);
    if (record.seq !== records.length) faults.push(`place ${record.seq} follows ${records.length - 1}`);
  }
  if (new Set(records.map(({ id }) => id)).size !== records.length) faults.push("an id stands twice");
  await proveBatches(database, leaves, faults);
  return { records, faults };
}

async function* readRows(database: LogDatabase): AsyncIterable<Row> {
  for (let after = 0; ; ) {
    const { rows } = await database.query(
      `select seq::text, encode(body, 'hex') as body, replace(array_to_string(subjects, ','), '-', '') as subjects,
         encode(leaf, 'hex') as leaf from garim.log_record where seq > $1::text::bigint
       order by log_record.seq limit ${PAGE}`,
      [String(after)],
    );
    yield* rows as Row[];
    if (rows.length < PAGE) return;
    after = Number((rows.at(-1) as Row)["seq"]);
  }
}

function readRow(row: Row, faults: string[]): { record: StoredRecord; leaf: Uint8Array } {
  const body = Buffer.from(row["body"] ?? "", "hex");
  const subjects = row["subjects"] ? row["subjects"].split(",") : [];
  const { id, access } = decodeRecord(body, subjects);
  const leaf = leafOf(body, subjects);
  const seq = Number(row["seq"]);
  if (hex(leaf) !== row["leaf"]) faults.push(`the leaf at ${seq} is not the hash of its bytes`);
  return { record: { seq, id, action: access.action }, leaf };
}

async function proveBatches(
  database: LogDatabase,
  leaves: readonly Uint8Array[],
  faults: string[],
): Promise<void> {
  const { rows } = await database.query(
    "select no::text, first_seq::text, size::text, encode(root, 'hex') as root from garim.log_batch order by log_batch.no",
  );
  let size = 0;
  for (const [i, row] of (rows as Row[]).entries()) {
    if (Number(row["no"]) !== i + 1) faults.push(`batch ${row["no"]} follows ${i}`);
    if (Number(row["first_seq"]) !== size + 1) faults.push(`batch ${i + 1} begins at ${row["first_seq"]}`);
    const end = size + Number(row["size"]);
    if (hex(rootOf(leaves.slice(size, end))) !== row["root"]) faults.push(`batch ${i + 1} has another root`);
    size = end;
  }
  const head = await database.query("select size::text, batches::text from garim.log_head");
  const [{ size: said, batches }] = head.rows as [Row];
  if (Number(said) !== leaves.length || size !== leaves.length || Number(batches) !== rows.length)
    faults.push(
      `the head says ${said} records in ${batches} batches, there are ${leaves.length} in ${rows.length}`,
    );
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** Which of the acknowledged records are not stored at their place. */
export function lostOf(
  acknowledged: readonly { readonly seq: number; readonly id: string }[],
  { records }: StoredLog,
): readonly string[] {
  return acknowledged
    .filter(({ seq, id }) => records[seq - 1]?.id !== id)
    .map(({ seq, id }) => `${seq} ${id}`);
}
