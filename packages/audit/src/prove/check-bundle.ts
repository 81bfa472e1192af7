import { isGarimError } from "@garim/policy";
import type { LogEntry } from "../access.ts";
import { type Checkpoint, type OpenedCheckpoint, openCheckpoint } from "../note/checkpoint.ts";
import { parseVerifierKey, type VerifierKey } from "../note/verifier-key.ts";
import { decodeRecord } from "../record/decode.ts";
import { type Break, findBreak, findFork } from "./chain.ts";
import { signedMoment } from "./moment.ts";
import { type BundleParts, type PastParts, readBundle } from "./read-bundle.ts";

/** Whom a bundle is checked for: both must come from somewhere else than the bundle. */
export interface BundleTrust {
  /** Public keys that may sign for the log, `name+id+base64`; after a rotation the old one too. */
  readonly keys: readonly string[];
  /** Names the log, as `shop.example/access-log`. */
  readonly origin: string;
  /** An older checkpoint that whoever checks has kept, a signed note: the bundle must show that the log goes on from that very one. */
  readonly since?: string;
}

export type BundleVerdict = ProvenBundle | UnprovenBundle;

/** The record, as it is in the bundle, was in the log when the checkpoint was signed. */
export interface ProvenBundle {
  readonly isProven: true;
  /** What that means, in one English sentence or two. */
  readonly says: string;
  readonly origin: string;
  readonly record: LogEntry;
  readonly checkpoint: ProvenCheckpoint;
  /** The older checkpoint that the log goes on from; `null` where the bundle has none. */
  readonly since: ProvenCheckpoint | null;
}

export interface ProvenCheckpoint {
  /** Batches that it covers. */
  readonly size: number;
  /** By the clock of whoever signed, UTC milliseconds; `null` where it does not say. */
  readonly at: number | null;
  /** Which of the keys signed it, `name+id`; at least one. */
  readonly signers: readonly string[];
}

/** Nothing is proven. */
export interface UnprovenBundle {
  readonly isProven: false;
  /**
   * `malformed`: no bundle. `signature`: no trusted key signed the checkpoint, or it is another log's. `place`: numbers
   * contradict each other. `record`: the bytes are not those of the batch, or have another id. `batch`: the batch is not in the
   * log. `past`: the log does not go on from the older checkpoint. `unreadable`: the bytes are no record, or a newer one.
   */
  readonly fault: "malformed" | "signature" | "unreadable" | Break["fault"];
  /** In English, without personal data. */
  readonly why: string;
}

interface Trusted {
  readonly verifiers: readonly VerifierKey[];
  readonly origin: string;
  readonly kept: Checkpoint | null;
}

/**
 * Checks a bundle offline: from the record's bytes over its batch and the tree to the signature.
 *
 * Whatever the bundle is, this answers and does not throw.
 *
 * @param bundle - JSON that was parsed
 * @throws GarimError `ERR_GARIM_KEYS_INVALID` for a key that is none, `ERR_GARIM_PROOF_INVALID` for a `since` that none of the keys
 *   signed
 * @source RFC 9162 section 2.1.3.2, C2SP tlog-proof, C2SP signed-note
 */
export function checkBundle(bundle: unknown, { keys, origin, since }: BundleTrust): BundleVerdict {
  const verifiers = keys.map(parseVerifierKey);
  const kept = since === undefined ? null : openCheckpoint(Buffer.from(since), verifiers, origin).checkpoint;
  const trusted: Trusted = { verifiers, origin, kept };
  const parts = attempt("malformed", () => readBundle(bundle));
  if ("fault" in parts) return parts;
  const signed = attempt("signature", () => open(parts.top.note, trusted));
  if ("fault" in signed) return signed;
  const broken = findBreak(parts, signed.checkpoint);
  if (broken !== undefined) return unproven(broken.fault, broken.why);
  const past = judgePast(parts.since, signed.checkpoint, trusted);
  if (past !== null && "fault" in past) return past;
  const record = attempt("unreadable", () => readEntry(parts));
  if ("fault" in record) return record;
  // Last, when all else is known to be of the log: only the bundle's own label can be wrong.
  if (record.id !== parts.id) return unproven("record", "its id is not that of its bytes");
  return proven(trusted.origin, record, describe(signed), past && describe(past));
}

function judgePast(
  since: PastParts | null,
  newer: Checkpoint,
  trusted: Trusted,
): OpenedCheckpoint | UnprovenBundle | null {
  const { kept } = trusted;
  if (since === null)
    return (
      kept && unproven("past", "it does not show that the log goes on from the checkpoint that was kept")
    );
  const older = attempt("past", () => open(since.note, trusted));
  if ("fault" in older) return older;
  if (kept !== null && !isSame(kept, older.checkpoint))
    return unproven("past", "it goes on from another checkpoint than the one that was kept");
  const fork = findFork(older.checkpoint, newer, since.proof);
  return fork === undefined ? older : unproven(fork.fault, fork.why);
}

function isSame(one: Checkpoint, other: Checkpoint): boolean {
  return one.size === other.size && Buffer.compare(one.root, other.root) === 0;
}

function open(note: string, { verifiers, origin }: Trusted): OpenedCheckpoint {
  return openCheckpoint(Buffer.from(note), verifiers, origin);
}

function readEntry({ seq, batch, body, subjects }: BundleParts): LogEntry {
  const hexes = Buffer.from(subjects).toString("hex").match(/.{32}/g) ?? [];
  return { seq, recordedAt: batch.recordedAt, ...decodeRecord(body, hexes) };
}

function describe({ checkpoint, signers }: OpenedCheckpoint): ProvenCheckpoint {
  const names = signers.map(({ name, keyId }) => `${name}+${keyId}`);
  return { size: checkpoint.size, at: signedMoment(checkpoint), signers: names };
}

function proven(
  origin: string,
  record: LogEntry,
  checkpoint: ProvenCheckpoint,
  since: ProvenCheckpoint | null,
): ProvenBundle {
  const first = `This record, as it is here, was in the log ${origin} at place ${record.seq} when its ${nameOf(checkpoint)} was signed.`;
  const more =
    since === null
      ? ""
      : ` The log goes on from its ${nameOf(since)}: nothing that one covers was changed meanwhile.`;
  return { isProven: true, says: first + more, origin, record, checkpoint, since };
}

function nameOf({ size, at }: ProvenCheckpoint): string {
  const batches = `${size} ${size === 1 ? "batch" : "batches"}`;
  return at === null
    ? `checkpoint of ${batches}`
    : `checkpoint of ${new Date(at).toISOString()} (${batches})`;
}

function attempt<T extends object>(fault: UnprovenBundle["fault"], read: () => T): T | UnprovenBundle {
  try {
    return read();
  } catch (error) {
    return unproven(fault, isGarimError(error) ? error.message : "it cannot be read");
  }
}

function unproven(fault: UnprovenBundle["fault"], why: string): UnprovenBundle {
  return { isProven: false, fault, why };
}
