import { bytesArray, plainArray } from "../array-literal.ts";
import { type LogDatabase, queryTexts, type TextRow } from "../database.ts";
import type { NodePlace, TreeNode } from "../merkle/subtree.ts";
import { type Batch, batchLeaf } from "./batch-leaf.ts";
import type { SealedBatch } from "./sealed.ts";

/** What a checkpoint adds to what is stored. */
export interface Seal {
  readonly oldSize: number;
  readonly newSize: number;
  readonly nodes: readonly TreeNode[];
  /** UTC milliseconds. */
  readonly at: number;
  readonly note: string;
}

const BATCH = `b.no::text, b.first_seq::text, b.size::text, (extract(epoch from b.recorded_at) * 1000)::bigint::text as at,
  encode(b.root, 'hex') as root`;

const BATCHES = `select ${BATCH} from garim.log_batch b
  where b.no > $1::text::bigint order by b.no limit $2::text::int`;

const BATCHES_OF = `select ${BATCH} from garim.log_batch b where b.no = any($1::text::bigint[])`;

/** The records' leaves of each batch in one text; a destroyed batch has them where one of its records outlived it. */
const LEAVES = `select ${BATCH},
    coalesce(
      (select string_agg(encode(r.leaf, 'hex'), '' order by r.seq) from garim.log_record r
        where r.seq >= b.first_seq and r.seq < b.first_seq + b.size and r.recorded_at = b.recorded_at),
      (select encode(k.leaves, 'hex') from garim.log_kept_batch k where k.no = b.no)) as leaves
  from garim.log_batch b where b.no > $1::text::bigint and b.no <= $2::text::bigint order by b.no`;

const NODES = `select n.level::text, n.index::text, encode(n.hash, 'hex') as hash from garim.log_node n
  join unnest($1::text::smallint[], $2::text::bigint[]) as wanted(level, index) using (level, index)`;

const SEAL = `select garim.seal($1::text::uuid, $2::text::bigint, $3::text::bigint, $4::text::smallint[], $5::text::bigint[],
  $6::text::bytea[], to_timestamp($7::text::bigint / 1000.0), $8::text)::text as sealed`;

/** The tree over the batches as the database holds it. */
export class TreeStore {
  readonly #database: LogDatabase;

  constructor(database: LogDatabase) {
    this.#database = database;
  }

  /**
   * Takes or keeps the lease of sealing.
   *
   * @returns how many batches are sealed; `undefined` where another node has the lease
   */
  async lead(node: string, seconds: number): Promise<number | undefined> {
    const [row] = await this.#ask("select garim.lead($1::text::uuid, $2::text::int)::text as size", [
      node,
      String(seconds),
    ]);
    return row?.["size"] == null ? undefined : Number(row["size"]);
  }

  /** The batches after `size`, at most `limit`. */
  async batchesAfter(size: number, limit: number): Promise<readonly Batch[]> {
    const rows = await this.#ask(BATCHES, [String(size), String(limit)]);
    return rows.map(readBatch);
  }

  /** The batches `after + 1` to `upTo` with the leaves of their records. */
  async sealedBatches(after: number, upTo: number): Promise<readonly SealedBatch[]> {
    const rows = await this.#ask(LEAVES, [String(after), String(upTo)]);
    return rows.map((row) => ({
      ...readBatch(row),
      leaves: readLeaves(row["leaves"] ?? "", Number(row["size"])),
    }));
  }

  /** Nodes of any level, as far as they are stored; those of level 0 are made from their batches. */
  async nodes(places: readonly NodePlace[]): Promise<readonly TreeNode[]> {
    const leaves = places.filter(({ level }) => level === 0);
    const inner = places.filter(({ level }) => level > 0);
    const [batches, nodes] = await Promise.all([
      this.#askSome(BATCHES_OF, [leaves.map(({ index }) => index + 1)]),
      this.#askSome(NODES, [inner.map(({ level }) => level), inner.map(({ index }) => index)]),
    ]);
    return [...batches.map(readBatch).map(nodeOfBatch), ...nodes.map(readNode)];
  }

  /**
   * Stores what a checkpoint adds.
   *
   * @returns whether it was stored: not where another node has sealed meanwhile
   */
  async seal(node: string, { oldSize, newSize, nodes, at, note }: Seal): Promise<boolean> {
    const [row] = await this.#ask(SEAL, [
      node,
      String(oldSize),
      String(newSize),
      plainArray(nodes.map(({ level }) => level)),
      plainArray(nodes.map(({ index }) => index)),
      bytesArray(nodes.map(({ hash }) => hash)),
      String(at),
      note,
    ]);
    return row?.["sealed"] === "true";
  }

  /** Asks for what these lists name; not at all where they are empty. */
  async #askSome(
    text: string,
    [first = [], ...others]: readonly (readonly number[])[],
  ): Promise<readonly TextRow[]> {
    return first.length === 0 ? [] : this.#ask(text, [first, ...others].map(plainArray));
  }

  #ask(text: string, values: string[]): Promise<readonly TextRow[]> {
    return queryTexts(this.#database, text, values);
  }
}

function nodeOfBatch(batch: Batch): TreeNode {
  return { level: 0, index: batch.no - 1, hash: batchLeaf(batch) };
}

function readBatch(row: TextRow): Batch {
  return {
    no: Number(row["no"]),
    firstSeq: Number(row["first_seq"]),
    size: Number(row["size"]),
    recordedAt: Number(row["at"]),
    root: Buffer.from(row["root"] ?? "", "hex"),
  };
}

function readLeaves(hex: string, size: number): readonly Uint8Array[] | null {
  const bytes = Buffer.from(hex, "hex");
  if (bytes.length !== size * 32) return null;
  return Array.from({ length: size }, (_, i) => bytes.subarray(32 * i, 32 * i + 32));
}

function readNode(row: TextRow): TreeNode {
  return {
    level: Number(row["level"]),
    index: Number(row["index"]),
    hash: Buffer.from(row["hash"] ?? "", "hex"),
  };
}
