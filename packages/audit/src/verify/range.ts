import type { Skimmed } from "./skim.ts";

/** Batches of records that follow each other, as they were authenticated: what is asked of one core at a time. Plain data. */
export interface RangeTask {
  readonly first: number;
  readonly last: number;
  /** 32 bytes for each place; empty where only the batches' roots are known. */
  readonly leaves: Uint8Array;
  /** For each batch: how many records, and its moment in UTC milliseconds. */
  readonly batches: readonly RangeBatch[];
  /** Whether each decision is to be made again. */
  readonly isReplay: boolean;
  /** `log_kept` holds what outlives its month. */
  readonly table: "log_record" | "log_kept";
}

export interface RangeBatch {
  readonly size: number;
  readonly recordedAt: number;
  /** 32 bytes; what counts where `leaves` is empty. */
  readonly root: Uint8Array;
}

/** A record as it was found, its bytes hashed again. */
export interface CheckedRow {
  readonly seq: number;
  /** UTC milliseconds; not whole where somebody wrote another moment. */
  readonly recordedAt: number;
  /** Of its bytes, in hex. */
  readonly leaf: string;
  /** As the column has it, in hex. */
  readonly storedLeaf: string;
  readonly id: string | null;
  /** Columns that say other than its bytes. */
  readonly wrong: readonly string[];
  /** Why its bytes are no record. */
  readonly unreadable?: string;
  readonly action: string | null;
}

/** A decision that comes out otherwise when it is made again. */
export interface Difference {
  readonly seq: number;
  /** Which of the answer's records, from 1. */
  readonly record: number;
  readonly recorded: string;
  readonly recomputed: string;
}

/** Records whose decisions cannot be made again, as nobody here knows their policy. */
export interface Unknown {
  readonly seq: number;
  readonly edition: string;
}

/** What making decisions again told. */
export interface Replayed {
  readonly decisions: number;
  /** Those of them that were made and not enforced: the host's own answer left. */
  readonly observed: number;
  readonly differences: readonly Difference[];
  readonly unknown: readonly Unknown[];
}

/** What was found in a range. */
export interface RangeReport {
  /** `undefined` where every record is what it was and where it was. */
  readonly rows: readonly CheckedRow[] | undefined;
  /** The hashes that make the batches' roots, 32 bytes each, where those were not given. */
  readonly leaves?: Uint8Array;
  /** Of all rows, in bytes. */
  readonly bytes: number;
  readonly replayed: Replayed | undefined;
}

/** The columns that are searched, in the order in which they are read. */
export const NULLABLE: readonly (keyof Skimmed)[] = ["seller", "session", "purpose", "target", "key"];
export const PLAIN: readonly (keyof Skimmed)[] = ["kind", "actor", "ip", "action", "outcome"];
