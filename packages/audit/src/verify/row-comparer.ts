import { hash } from "node:crypto";
import { HASH_BYTES } from "../merkle/hash.ts";
import { rootOf } from "../merkle/tree.ts";
import { isEqual } from "./copy-part.ts";
import { NULLABLE, PLAIN, type RangeBatch, type RangeTask } from "./range.ts";
import { RecordSkimmer, TEXT_PLACES } from "./skim.ts";
import type { SwiftRow, SwiftRows } from "./swift.ts";

/** The columns in the order in which {@link RowComparer} reads them. */
export const COMPARED: readonly string[] = [
  "seq",
  "recorded_at",
  "leaf",
  "body",
  "subjects",
  "at",
  ...PLAIN,
  ...NULLABLE,
];

/** Where the texts of those columns stand among what is skimmed. */
const TEXTS = [...PLAIN, ...NULLABLE].map((name) => TEXT_PLACES.indexOf(name));

const EPOCH_2000_MS = 946_684_800_000;
const NULL_LENGTH = -1;
const UUID_BYTES = 16;
/** Of an array: dimensions, whether there are NULLs, type, length, first index. */
const ARRAY_HEAD_BYTES = 20;
const UUID_TYPE = 2950;

/**
 * Compares the rows of a range in PostgreSQL's binary form, one after the other, with what was authenticated: byte by byte, and nothing
 * is made of them. At the first that is other than it was, or has a form that is not expected, it stops looking.
 */
export class RowComparer {
  readonly #task: RangeTask;
  readonly #skimmer = new RecordSkimmer();
  readonly #leaves: Buffer | undefined;
  readonly #rows: SwiftRow[] = [];
  #scratch = Buffer.alloc(65_536);
  #scratchView = viewOf(this.#scratch);
  #row: Buffer = this.#scratch;
  #view = this.#scratchView;
  #at = 0;
  #count = 0;
  #batch = 0;
  #left: number;
  #isSame = true;
  /** Of all rows: what is hashed, and the stored hashes. */
  bytes = 0;

  constructor(task: RangeTask) {
    this.#task = task;
    this.#leaves =
      task.leaves.length === 0 ? Buffer.alloc(HASH_BYTES * (task.last - task.first + 1)) : undefined;
    this.#left = task.batches[0]?.size ?? 0;
  }

  /** @param row - as `readBinaryRows` gives it */
  compare(row: Buffer): void {
    if (!this.#isSame) return;
    this.#row = row;
    this.#view = viewOf(row);
    this.#at = 0;
    try {
      this.#isSame = this.#isNext();
    } catch {
      // It ended too early.
      this.#isSame = false;
    }
  }

  /** The rows, where every one was what it was, and all came. */
  finish(): SwiftRows | undefined {
    const { first, last } = this.#task;
    if (!this.#isSame || this.#count !== last - first + 1) return undefined;
    return { rows: this.#rows, leaves: this.#leaves ?? new Uint8Array() };
  }

  #isNext(): boolean {
    const batch = this.#task.batches[this.#batch];
    if (batch === undefined || this.#int16() !== COMPARED.length) return false;
    if (!this.#isNumber(this.#task.first + this.#count) || !this.#isMoment(batch.recordedAt)) return false;
    const leaf = this.#fixed(HASH_BYTES);
    if (leaf === -1 || !this.#isLeaf(leaf)) return false;
    const end = this.#gather();
    if (end === -1 || !this.#isHash(end, leaf) || !this.#saysSame() || this.#at !== this.#row.length)
      return false;
    this.bytes += end + HASH_BYTES;
    this.#count++;
    this.#left--;
    return this.#left > 0 || this.#endBatch(batch);
  }

  /** Whether the stored hash is the one that was authenticated; where only roots are known, it is kept for its batch's. */
  #isLeaf(at: number): boolean {
    const place = HASH_BYTES * this.#count;
    if (this.#leaves !== undefined) return this.#row.copy(this.#leaves, place, at, at + HASH_BYTES) > 0;
    for (let i = 0; i < HASH_BYTES; i++) if (this.#row[at + i] !== this.#task.leaves[place + i]) return false;
    return true;
  }

  #bodyEnd = 0;

  /** Puts together what is hashed: 0x00, the body, the subjects. @returns where it ends, -1 where it cannot be */
  #gather(): number {
    const bodyBytes = this.#int32();
    const body = this.#at;
    this.#at += bodyBytes;
    const arrayBytes = this.#int32();
    const count = this.#subjects(arrayBytes);
    if (bodyBytes < 0 || count === -1 || this.#at > this.#row.length) return -1;
    this.#bodyEnd = 1 + bodyBytes;
    const end = this.#bodyEnd + UUID_BYTES * count;
    if (this.#scratch.length < end) this.#grow(end);
    this.#row.copy(this.#scratch, 1, body, body + bodyBytes);
    return this.#gatherSubjects(count, this.#bodyEnd) ? end : -1;
  }

  /** Reads the head of the array. @returns how many subjects follow, -1 where it is not a plain list of UUIDs */
  #subjects(arrayBytes: number): number {
    const [dimensions, , type] = [this.#int32(), this.#int32(), this.#int32()];
    if (type !== UUID_TYPE) return -1;
    if (dimensions === 0) return arrayBytes === 12 ? 0 : -1;
    const [count, first] = [this.#int32(), this.#int32()];
    const isList = dimensions === 1 && first === 1 && count > 0;
    return isList && arrayBytes === ARRAY_HEAD_BYTES + (4 + UUID_BYTES) * count ? count : -1;
  }

  #gatherSubjects(count: number, start: number): boolean {
    const [from, to] = [this.#view, this.#scratchView];
    let at = this.#at;
    for (let place = start, left = count; left > 0; left--, place += UUID_BYTES, at += 4 + UUID_BYTES) {
      if (from.getInt32(at) !== UUID_BYTES) return false;
      // By four bytes: to ask for a copy of so few takes longer.
      to.setInt32(place, from.getInt32(at + 4));
      to.setInt32(place + 4, from.getInt32(at + 8));
      to.setInt32(place + 8, from.getInt32(at + 12));
      to.setInt32(place + 12, from.getInt32(at + 16));
    }
    this.#at = at;
    return true;
  }

  #grow(least: number): void {
    this.#scratch = Buffer.alloc(2 * least);
    this.#scratchView = viewOf(this.#scratch);
  }

  #isHash(end: number, leaf: number): boolean {
    const digest = hash("sha256", this.#scratch.subarray(0, end), "binary");
    for (let i = 0; i < HASH_BYTES; i++) if (digest.charCodeAt(i) !== this.#row[leaf + i]) return false;
    if (this.#task.isReplay) this.#keep(end);
    return true;
  }

  #keep(end: number): void {
    const bytes = Buffer.from(this.#scratch.subarray(0, end));
    this.#rows.push({ seq: this.#task.first + this.#count, bytes, start: 1, bodyEnd: this.#bodyEnd, end });
  }

  /** Whether the searched columns say what the bytes say. */
  #saysSame(): boolean {
    const skimmer = this.#skimmer;
    if (!skimmer.skim(this.#scratch, 1, this.#bodyEnd) || !this.#isMoment(skimmer.at)) return false;
    for (const place of TEXTS) if (!this.#isText(skimmer.startOf(place), skimmer.endOf(place))) return false;
    return true;
  }

  /** @param start - in what was gathered; -1 for NULL */
  #isText(start: number, end: number): boolean {
    const length = this.#int32();
    if (start === -1 || length === NULL_LENGTH) return start === -1 && length === NULL_LENGTH;
    if (length !== end - start) return false;
    const [row, scratch, at] = [this.#row, this.#scratch, this.#at];
    for (let i = 0; i < length; i++) if (row[at + i] !== scratch[start + i]) return false;
    this.#at += length;
    return true;
  }

  #endBatch(batch: RangeBatch): boolean {
    this.#batch++;
    this.#left = this.#task.batches[this.#batch]?.size ?? 0;
    if (this.#leaves === undefined) return true;
    const leaves = this.#leaves;
    const end = HASH_BYTES * this.#count;
    const own = Array.from({ length: batch.size }, (_, i) => {
      const start = end - HASH_BYTES * (batch.size - i);
      return leaves.subarray(start, start + HASH_BYTES);
    });
    return isEqual(rootOf(own), batch.root);
  }

  #isNumber(value: number): boolean {
    return this.#int32() === 8 && this.#int64() === value;
  }

  /** Microseconds since 2000. Beyond the year 2242 PostgreSQL's own are not exact, and the exact way decides. */
  #isMoment(ms: number): boolean {
    const micros = (ms - EPOCH_2000_MS) * 1_000;
    return this.#int32() === 8 && this.#int64() === micros && Number.isSafeInteger(micros);
  }

  /** @returns where a column of so many bytes begins, -1 where it has others */
  #fixed(length: number): number {
    if (this.#int32() !== length) return -1;
    this.#at += length;
    return this.#at - length;
  }

  #int16(): number {
    this.#at += 2;
    return this.#view.getInt16(this.#at - 2);
  }

  #int32(): number {
    this.#at += 4;
    return this.#view.getInt32(this.#at - 4);
  }

  #int64(): number {
    this.#at += 8;
    return this.#view.getInt32(this.#at - 8) * 0x1_0000_0000 + this.#view.getUint32(this.#at - 4);
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
