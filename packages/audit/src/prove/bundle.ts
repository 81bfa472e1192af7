/** The form of bundles; another number where a member changes its meaning. */
export const BUNDLE_FORMAT: Bundle["format"] = "garim/bundle/v1";

/**
 * What proves one record to anybody who has the log's public key, offline. Plain JSON; `FORMAT.md` says what each member is and
 * how it is checked.
 */
export interface Bundle {
  readonly format: "garim/bundle/v1";
  /** The record's id, a UUID. */
  readonly id: string;
  /** Its place in the log, from 1. */
  readonly seq: number;
  readonly record: BundledRecord;
  readonly batch: BundledBatch;
  /** That the batch is in the log, as a C2SP tlog-proof: its index, the hashes to the root, the signed checkpoint. */
  readonly proof: string;
  /** That the log goes on from an older checkpoint. */
  readonly since?: BundledPast;
}

/** The record's bytes, base64. */
export interface BundledRecord {
  /** CBOR. */
  readonly body: string;
  /** The pseudonyms, 16 bytes each. */
  readonly subjects: string;
}

/** The batch that the record came with. Names are those of the copy outside the database. */
export interface BundledBatch {
  /** From 1; its index in the log's tree is one less. */
  readonly no: number;
  /** The place of its first record. */
  readonly first: number;
  /** How many records it has. */
  readonly size: number;
  /** When it was recorded, UTC milliseconds. */
  readonly at: number;
  /** Of the tree over its records, base64. */
  readonly root: string;
  /** Of the record in it, from 0. */
  readonly index: number;
  /** The hashes beside the record's way to `root`, base64, from the bottom up. */
  readonly path: readonly string[];
}

export interface BundledPast {
  /** The older signed checkpoint. */
  readonly note: string;
  /** RFC 9162 section 2.1.4: the consistency of the two, base64. */
  readonly proof: readonly string[];
}
