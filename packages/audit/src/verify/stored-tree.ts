import { isGarimError } from "@garim/policy";
import { plainArray } from "../array-literal.ts";
import { type LogDatabase, queryTexts, type TextRow } from "../database.ts";
import type { TreeNode } from "../merkle/subtree.ts";
import { Frontier } from "../merkle/tree.ts";
import { type Checkpoint, openCheckpoint } from "../note/checkpoint.ts";
import type { VerifierKey } from "../note/verifier-key.ts";
import { type Batch, batchLeaf } from "../seal/batch-leaf.ts";
import { isEqual, momentOf } from "./copy-part.ts";
import type { Damage } from "./damage.ts";
import { msOfEpoch } from "./epoch.ts";
import { stateFault, type TreeState } from "./state.ts";

/** Batches, nodes and notes asked for at once. */
const MOST = 1_000;
/** More are of no use to anybody. */
const MOST_DAMAGES = 10_000;

const BATCHES = `select no::text, first_seq::text, size::text, extract(epoch from recorded_at)::text as at, encode(root, 'hex') as root
  from garim.log_batch b where b.no >= $1::text::bigint and b.no <= $2::text::bigint order by b.no`;

const NODES = `select n.level::text, n.index::text, encode(n.hash, 'hex') as hash from garim.log_node n
  join unnest($1::text::smallint[], $2::text::bigint[]) as wanted(level, index) using (level, index)`;

const NOTES = `select no::text, size::text, note from garim.log_checkpoint c
  where (c.size, c.no) > ($1::text::bigint, $3::text::bigint) and c.size <= $2::text::bigint order by c.size, c.no limit ${MOST}`;

/** The batches as the database has them; their moments may not be whole milliseconds any more. */
export async function readBatches(
  database: LogDatabase,
  first: number,
  last: number,
): Promise<readonly Batch[]> {
  const all: Batch[] = [];
  for (let no = first; no <= last; no += MOST) {
    const rows = await queryTexts(database, BATCHES, [`${no}`, `${Math.min(last, no + MOST - 1)}`]);
    for (const row of rows) {
      const batch = readBatch(row);
      // What no batch can be stands in for none.
      if (isPossible(batch)) all.push(batch);
    }
  }
  return all;
}

function isPossible({ firstSeq, size, recordedAt }: Batch): boolean {
  return firstSeq >= 1 && size >= 1 && Number.isSafeInteger(recordedAt) && recordedAt >= 0;
}

function readBatch(row: TextRow): Batch {
  return {
    no: Number(row["no"]),
    firstSeq: Number(row["first_seq"]),
    size: Number(row["size"]),
    recordedAt: msOfEpoch(row["at"] ?? ""),
    root: Buffer.from(row["root"] ?? "", "hex"),
  };
}

/** Where the tree in the database left the one that was authenticated. */
export interface Fork {
  /** The first place after the last signed note that is of this tree. */
  readonly first: number;
  /** Batches of the signed note that is of another. */
  readonly size: number;
}

export interface StoredTreeOptions {
  readonly database: LogDatabase;
  readonly verifiers: readonly VerifierKey[];
  readonly origin: string;
}

/**
 * Compares batches, nodes and notes as the database has them with a tree that grows. What is proven is that tree; the database is
 * what is blamed.
 */
export class StoredTree {
  readonly damages: Damage[] = [];
  readonly #options: StoredTreeOptions;
  readonly #frontier = new Frontier();
  #newest: { readonly size: number; readonly at: number | undefined } = { size: 0, at: undefined };
  /** The place after the last that a note in the database is right about. */
  #agreedEnd = 1;
  #fork: Fork | undefined;
  #resumed: TreeState | undefined;

  constructor(options: StoredTreeOptions) {
    this.#options = options;
  }

  /** The newest note in the database that is of the tree as it is there, whether the copy has it or not. */
  get newest(): { readonly size: number; readonly at: number | undefined } {
    return this.#newest;
  }

  /** A note in the database that a trusted key signed over another tree. */
  get fork(): Fork | undefined {
    return this.#fork;
  }

  get state(): TreeState {
    const { size, at } = this.#newest;
    return {
      size: this.#frontier.size,
      root: Buffer.from(this.#frontier.root()).toString("hex"),
      damages: [...this.damages],
      fork: this.#fork ?? null,
      newest: { size, at: at ?? null },
      agreedEnd: this.#agreedEnd,
    };
  }

  /** Goes on from an earlier state: the batches until then are hashed again, and not compared. */
  resume(state: TreeState): void {
    this.#resumed = state;
    this.damages.push(...state.damages);
    this.#fork = state.fork ?? undefined;
    this.#agreedEnd = state.agreedEnd;
    this.#newest = { size: state.newest.size, at: state.newest.at ?? undefined };
  }

  /**
   * Says whether the tree is the one that an earlier state was of.
   *
   * @throws GarimError `ERR_GARIM_INPUT_INVALID`
   */
  checkResumed(): void {
    const { size = 0, root = "" } = this.#resumed ?? {};
    if (this.#frontier.size < size) throw stateFault("is of a copy that was longer");
    if (this.#frontier.size === size && this.#resumed && this.state.root !== root)
      throw stateFault("is of another copy");
  }

  /** Takes the batches that an earlier state has compared. */
  #passOver(batches: readonly Batch[]): readonly Batch[] {
    const { size } = this.#resumed ?? { size: 0 };
    for (const batch of batches) {
      if (batch.no > size) break;
      this.#frontier.append(batchLeaf(batch));
      if (batch.no === size) this.checkResumed();
    }
    return batches.filter(({ no }) => no > size);
  }

  /**
   * Goes on with batches that follow.
   *
   * @param given - in order
   * @param note - the signed note over them that must be there
   * @param isProven - false where the batches are the database's own, which prove nothing
   */
  async grow(given: readonly Batch[], note: string | undefined, isProven: boolean): Promise<void> {
    const batches = this.#passOver(given);
    for (let i = 0; i < batches.length; i += MOST) {
      const some = batches.slice(i, i + MOST);
      if (isProven) await this.#compareBatches(some);
      await this.#growBy(some, isProven, i + MOST >= batches.length ? note : undefined);
    }
  }

  async #compareBatches(batches: readonly Batch[]): Promise<void> {
    const [first, last] = [batches[0]?.no ?? 0, batches.at(-1)?.no ?? 0];
    const rows = await queryTexts(this.#options.database, BATCHES, [`${first}`, `${last}`]);
    const byNo = new Map(rows.map((row) => [Number(row["no"]), readBatch(row)]));
    for (const batch of batches) {
      const what = compareBatch(batch, byNo.get(batch.no));
      if (what !== undefined) this.#damage(batch.firstSeq, what, batch.firstSeq + batch.size - 1);
    }
  }

  async #growBy(batches: readonly Batch[], isProven: boolean, note: string | undefined): Promise<void> {
    const before = this.#frontier.size;
    const after = before + batches.length;
    const notes = await this.#readNotes(before === 0 ? -1 : before, after);
    const first = batches[0]?.firstSeq ?? 1;
    const marks = new Map<number, TreeMark>([[before, { root: this.#frontier.root(), end: first }]]);
    const sizes = new Set(notes.map(({ size }) => size));
    const nodes: TreeNode[] = [];
    for (const batch of batches) {
      nodes.push(...this.#frontier.append(batchLeaf(batch)));
      const end = batch.firstSeq + batch.size;
      if (sizes.has(this.#frontier.size))
        marks.set(this.#frontier.size, { root: this.#frontier.root(), end });
    }
    if (isProven) await this.#compareNodes(nodes, first);
    for (const stored of notes) this.#compareNote(stored, marks.get(stored.size), first, isProven);
    if (note !== undefined && !notes.some((stored) => stored.note === note))
      this.#damage(first, `the checkpoint over ${after} batches is not in log_checkpoint any more`);
  }

  async #readNotes(after: number, upTo: number): Promise<readonly StoredNote[]> {
    const all: StoredNote[] = [];
    for (let [size, no] = [after, after < 0 ? "0" : HIGHEST]; ; ) {
      const rows = await queryTexts(this.#options.database, NOTES, [`${size}`, `${upTo}`, no]);
      for (const row of rows)
        all.push({ no: Number(row["no"]), size: Number(row["size"]), note: row["note"] ?? "" });
      if (rows.length < MOST) return all;
      [size, no] = [Number(rows.at(-1)?.["size"]), rows.at(-1)?.["no"] ?? ""];
    }
  }

  async #compareNodes(nodes: readonly TreeNode[], seq: number): Promise<void> {
    if (nodes.length === 0) return;
    const rows = await queryTexts(this.#options.database, NODES, [
      plainArray(nodes.map(({ level }) => level)),
      plainArray(nodes.map(({ index }) => index)),
    ]);
    const stored = new Map(rows.map((row) => [`${row["level"]}/${row["index"]}`, row["hash"]]));
    for (const { level, index, hash } of nodes) {
      const found = stored.get(`${level}/${index}`);
      if (found === Buffer.from(hash).toString("hex")) continue;
      const first = index * 2 ** level + 1;
      this.#damage(
        seq,
        `the tree's node of level ${level}, index ${index} (batches ${first} to ${first + 2 ** level - 1}) ${found === undefined ? "is missing" : "was changed"} in log_node`,
      );
    }
  }

  #compareNote(
    { no, size, note }: StoredNote,
    mark: TreeMark | undefined,
    seq: number,
    isProven: boolean,
  ): void {
    const opened = this.#open(note);
    if (typeof opened === "string") {
      this.#damage(
        seq,
        `checkpoint ${no} in log_checkpoint, over ${size} batches, proves nothing: ${opened}`,
      );
      return;
    }
    if (opened.size !== size)
      this.#damage(
        seq,
        `checkpoint ${no} in log_checkpoint stands under ${size} batches and was signed over ${opened.size}`,
      );
    else if (mark !== undefined && isEqual(opened.root, mark.root)) {
      this.#newest = { size, at: momentOf(opened.extensions) };
      this.#agreedEnd = mark.end;
    } else if (isProven) this.#fork ??= { first: this.#agreedEnd, size };
    else
      this.#damage(
        seq,
        `checkpoint ${no} in log_checkpoint was signed over other batches than those that are there after batch ${this.#newest.size}`,
      );
  }

  #open(note: string): Checkpoint | string {
    const { verifiers, origin } = this.#options;
    try {
      return openCheckpoint(Buffer.from(note), verifiers, origin).checkpoint;
    } catch (error) {
      if (isGarimError(error)) return error.message;
      throw error;
    }
  }

  #damage(seq: number, what: string, last: number = seq): void {
    if (this.damages.length < MOST_DAMAGES) this.damages.push({ kind: "tree", seq, last, what });
  }
}

/** The tree as it was with so many batches, and the place after the last of their records. */
interface TreeMark {
  readonly root: Uint8Array;
  readonly end: number;
}

interface StoredNote {
  readonly no: number;
  readonly size: number;
  readonly note: string;
}

const HIGHEST = "9223372036854775807";

function compareBatch(batch: Batch, stored: Batch | undefined): string | undefined {
  if (stored === undefined) return `batch ${batch.no} is missing in log_batch`;
  const wrong = [
    ...(stored.firstSeq === batch.firstSeq ? [] : ["first_seq"]),
    ...(stored.size === batch.size ? [] : ["size"]),
    ...(stored.recordedAt === batch.recordedAt ? [] : ["recorded_at"]),
    ...(isEqual(stored.root, batch.root) ? [] : ["root"]),
  ];
  return wrong.length === 0 ? undefined : `batch ${batch.no} in log_batch has another ${wrong.join(", ")}`;
}
