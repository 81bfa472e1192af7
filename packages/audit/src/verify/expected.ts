import { rootOf } from "../merkle/tree.ts";
import type { Batch } from "../seal/batch-leaf.ts";
import { type CopyBatch, isEqual } from "./copy-part.ts";
import type { Damage } from "./damage.ts";
import type { ProvenRecord } from "./findings.ts";
import type { CheckedRow, RangeReport } from "./range.ts";

/** The records of a destroyed batch; where the copy has only its root, the leaves that were kept, if they make it. */
export function expectedOfKept(batch: CopyBatch, kept: string | undefined): readonly ProvenRecord[] {
  const own = hasLeaves(batch) ? hexes(batch.leaves) : (kept?.match(/.{64}/g) ?? []);
  const isTrue = hasLeaves(batch) || (own.length === batch.size && isRoot(own, batch.root));
  return isTrue ? own.map((leaf, i) => provenOf(batch, batch.firstSeq + i, leaf)) : [];
}

export function hasLeaves({ leaves }: CopyBatch): boolean {
  return leaves.length > 0;
}

export function isIn(batch: Batch, seq: number): boolean {
  return seq >= batch.firstSeq && seq < batch.firstSeq + batch.size;
}

export function rowsOf(batch: Batch, rows: readonly CheckedRow[]): readonly CheckedRow[] {
  return rows.filter(({ seq }) => isIn(batch, seq));
}

export function provenOf(batch: Batch, place: number, leaf: string): ProvenRecord {
  return { place, leaf, recordedAt: batch.recordedAt };
}

/**
 * The records of a batch as they were authenticated.
 *
 * @param first - the first place of the range that was checked
 * @returns `undefined` where only the batch's root is known and nothing makes it
 */
export function expectedOfBatch(
  batch: CopyBatch,
  first: number,
  report: RangeReport,
): readonly ProvenRecord[] | undefined {
  const leaves = hasLeaves(batch) ? hexes(batch.leaves) : leavesByRoot(batch, first, report);
  return leaves?.map((leaf, i) => provenOf(batch, batch.firstSeq + i, leaf));
}

function hexes(leaves: Uint8Array): readonly string[] {
  const bytes = Buffer.from(leaves.buffer, leaves.byteOffset, leaves.length);
  return Array.from({ length: bytes.length / 32 }, (_, i) => bytes.toString("hex", 32 * i, 32 * i + 32));
}

/** What makes the batch's root are its leaves, wherever they come from: the records, or the hashes stored beside them. */
function leavesByRoot(batch: CopyBatch, first: number, report: RangeReport): readonly string[] | undefined {
  const begin = 32 * (batch.firstSeq - first);
  if (report.rows === undefined)
    return hexes(report.leaves?.subarray(begin, begin + 32 * batch.size) ?? new Uint8Array());
  const mine = rowsOf(batch, report.rows);
  const candidates = [mine.map(({ leaf }) => leaf), mine.map(({ storedLeaf }) => storedLeaf)];
  return candidates.find((leaves) => leaves.length === batch.size && isRoot(leaves, batch.root));
}

function isRoot(leaves: readonly string[], root: Uint8Array): boolean {
  if (!leaves.every((leaf) => leaf.length === 64)) return false;
  return isEqual(rootOf(leaves.map((leaf) => Buffer.from(leaf, "hex"))), root);
}

/** Whether the rows are all that the batch has, as its root says. */
export function isWhole(batch: Batch, rows: readonly CheckedRow[]): boolean {
  return (
    rows.length === batch.size &&
    isRoot(
      rows.map(({ leaf }) => leaf),
      batch.root,
    )
  );
}

export function foundAsExpected({ place, leaf, recordedAt }: ProvenRecord): CheckedRow {
  return { seq: place, leaf, storedLeaf: leaf, recordedAt, id: null, action: null, wrong: [] };
}

/** A batch of which only the root is known is wrong as a whole; which record it is can only be guessed. */
export function tellBatch(batch: Batch, rows: readonly CheckedRow[], why: string): Damage {
  const likely = rows.find((row) => row.leaf !== row.storedLeaf);
  const which =
    rows.length !== batch.size
      ? `batch ${batch.no} has ${rows.length} records instead of ${batch.size}`
      : `the records of batch ${batch.no} are not those of its root${likely === undefined ? "" : "; likely it is this one"}`;
  return {
    kind: rows.length < batch.size ? "missing" : "changed",
    seq: likely?.seq ?? batch.firstSeq,
    last: likely?.seq ?? batch.firstSeq + batch.size - 1,
    ...(likely?.id == null ? {} : { id: likely.id }),
    what: `${which} (${why})`,
  };
}

export function tellUnprovable({ seq, id }: CheckedRow): Damage {
  const what = "it was kept when its month was destroyed, and nothing in the copy outside proves it";
  return { kind: "inserted", seq, last: seq, ...(id === null ? {} : { id }), what };
}
