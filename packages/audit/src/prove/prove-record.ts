import { GarimError, isGarimError } from "@garim/policy";
import type { LogDatabase } from "../database.ts";
import { consistencyNodes, consistencyProof, inclusionNodes, inclusionProof } from "../merkle/proof.ts";
import type { NodePlace, TreeNode } from "../merkle/subtree.ts";
import { Frontier } from "../merkle/tree.ts";
import { encodeBase64 } from "../note/base64.ts";
import { decodeRecord } from "../record/decode.ts";
import type { SealedBatch } from "../seal/sealed.ts";
import { TreeStore } from "../seal/tree-store.ts";
import { BUNDLE_FORMAT, type Bundle, type BundledPast } from "./bundle.ts";
import { findBreak, findFork } from "./chain.ts";
import {
  type CheckpointChoice,
  findCheckpoint,
  readCheckpoint,
  type StoredCheckpoint,
} from "./find-checkpoint.ts";
import { findRecord, type Reference, readReference, type StoredRecord } from "./find-record.ts";
import { readBundle } from "./read-bundle.ts";
import { formatTlogProof } from "./tlog-proof.ts";

/** Which record is to be proved, and up to which checkpoint. */
export interface ProofRequest {
  /** Its id (a UUID), or its place in the log, from 1. */
  readonly record: string | number;
  /** The newest unless given. */
  readonly checkpoint?: CheckpointChoice;
  /** An older signed checkpoint that the reader has: the bundle shows that the log goes on from it. */
  readonly since?: string;
}

/**
 * Proves a record: gathers what `checkBundle` needs, in a few queries that read O(log n) rows beside the record's own batch.
 *
 * The signature is not looked at, for it takes the public key; everything below it is, so that no bundle leaves that could not
 * be checked.
 *
 * @throws GarimError `ERR_GARIM_QUERY_INVALID` (neither an id nor a place, no such record, no checkpoint that covers it yet),
 *   `ERR_GARIM_PROOF_INVALID` (the record or the tree in the database was changed, the log does not go on from `since`),
 *   `ERR_GARIM_RECORD_INVALID` (its bytes are no record), `ERR_GARIM_LOG_UNAVAILABLE`
 * @source RFC 9162 sections 2.1.3 and 2.1.4
 */
export async function proveRecord(database: LogDatabase, request: ProofRequest): Promise<Bundle> {
  const reference = checkReference(request.record);
  const past = request.since === undefined ? undefined : readCheckpoint(request.since);
  const guarded = guard(database);
  const record = await findRecord(guarded, reference);
  if (record === undefined) throw noRecord(request.record);
  const newer = await readCovering(guarded, request, record, past);
  try {
    return await gather(new TreeStore(guarded), { record, newer, past });
  } catch (error) {
    // Numbers that no log has: somebody wrote them there.
    throw isGarimError(error) ? error : damaged(record.seq, "numbers of its batch are out of range");
  }
}

/** The database, whose errors say what to do. */
function guard(database: LogDatabase): LogDatabase {
  return {
    query: async (text, values) => {
      try {
        return await database.query(text, values);
      } catch (error) {
        throw unavailable(error);
      }
    },
  };
}

async function readCovering(
  database: LogDatabase,
  { checkpoint = "newest" }: ProofRequest,
  { seq, batchNo }: StoredRecord,
  past: StoredCheckpoint | undefined,
): Promise<StoredCheckpoint> {
  const least = Math.max(batchNo, past?.checkpoint.size ?? 0);
  const newer = await findCheckpoint(database, checkpoint, least);
  if (newer === undefined) throw notCovered(seq, least, checkpoint);
  return newer;
}

interface Found {
  readonly record: StoredRecord;
  readonly newer: StoredCheckpoint;
  readonly past: StoredCheckpoint | undefined;
}

async function gather(store: TreeStore, { record, newer, past }: Found): Promise<Bundle> {
  const { seq, batchNo, body, subjects } = record;
  const { size } = newer.checkpoint;
  const [batch] = await store.sealedBatches(batchNo - 1, batchNo);
  const nodes = await store.nodes(placesFor(batchNo, size, past));
  const bundle: Bundle = {
    format: BUNDLE_FORMAT,
    id: decodeRecord(body, subjects).id,
    seq,
    record: { body: encodeBase64(body), subjects: Buffer.from(subjects.join(""), "hex").toString("base64") },
    batch: writeBatch(seq, batch),
    proof: formatTlogProof({
      index: batchNo - 1,
      hashes: inclusionProof(batchNo - 1, size, nodes),
      note: newer.note,
    }),
    ...(past === undefined ? {} : { since: writePast(past, size, nodes) }),
  };
  checkOwn(bundle, newer, past);
  return bundle;
}

function placesFor(batchNo: number, size: number, past: StoredCheckpoint | undefined): readonly NodePlace[] {
  const inclusion = inclusionNodes(batchNo - 1, size);
  return past === undefined ? inclusion : [...inclusion, ...consistencyNodes(past.checkpoint.size, size)];
}

function writeBatch(seq: number, batch: SealedBatch | undefined): Bundle["batch"] {
  if (batch === undefined || batch.leaves === null)
    throw damaged(seq, "the records of its batch are not all there");
  const { no, firstSeq, size, recordedAt, root, leaves } = batch;
  const index = seq - firstSeq;
  return {
    no,
    first: firstSeq,
    size,
    at: recordedAt,
    root: encodeBase64(root),
    index,
    path: inclusionProof(index, size, nodesOver(leaves)).map(encodeBase64),
  };
}

/** Every node of the tree over a batch, which is not stored. */
function nodesOver(leaves: readonly Uint8Array[]): readonly TreeNode[] {
  const frontier = new Frontier();
  return leaves.flatMap((hash, index) => [{ level: 0, index, hash }, ...frontier.append(hash)]);
}

function writePast(
  { note, checkpoint }: StoredCheckpoint,
  size: number,
  nodes: readonly TreeNode[],
): BundledPast {
  return { note, proof: consistencyProof(checkpoint.size, size, nodes).map(encodeBase64) };
}

/** What leaves here is what the reader will check. */
function checkOwn(bundle: Bundle, newer: StoredCheckpoint, past: StoredCheckpoint | undefined): void {
  const parts = readBundle(bundle);
  const broken = findBreak(parts, newer.checkpoint);
  if (broken !== undefined) throw damaged(bundle.seq, broken.why);
  if (past === undefined || parts.since === null) return;
  const isSameLog = past.checkpoint.origin === newer.checkpoint.origin;
  if (!isSameLog || findFork(past.checkpoint, newer.checkpoint, parts.since.proof) !== undefined)
    throw forked();
}

/** @throws GarimError `ERR_GARIM_QUERY_INVALID` for what is neither an id nor a place */
export function checkReference(record: string | number): Reference {
  const reference = readReference(record);
  if (reference === undefined) throw noReference();
  return reference;
}

function noReference(): GarimError {
  return new GarimError(
    "ERR_GARIM_QUERY_INVALID",
    "A record is proved by its place in the log, 1 or more, or by its id as the log gives it; write for example 17",
  );
}

/** Also for one that the asker may not see. */
export function noRecord(record: string | number): GarimError {
  return new GarimError(
    "ERR_GARIM_QUERY_INVALID",
    `The log holds no record ${record}; correct the place or the id, or see in the copy outside the database whether there was one`,
  );
}

function notCovered(seq: number, least: number, choice: CheckpointChoice): GarimError {
  const other =
    typeof choice === "number"
      ? `There is no checkpoint of ${choice} batches that covers`
      : "No checkpoint covers";
  return new GarimError(
    "ERR_GARIM_QUERY_INVALID",
    `${other} record ${seq} yet (batch ${least} is needed); the log is signed each second where seal is set up: try again, and see garim doctor if that does not help`,
  );
}

function damaged(seq: number, why: string): GarimError {
  return new GarimError(
    "ERR_GARIM_PROOF_INVALID",
    `Record ${seq} cannot be proved: ${why}. The log in the database was changed; run garim verify against the copy outside the database`,
  );
}

function forked(): GarimError {
  return new GarimError(
    "ERR_GARIM_PROOF_INVALID",
    "The log in the database does not go on from the older checkpoint: it is another log's, or one of the two was changed; run garim verify against the copy outside the database",
  );
}

function unavailable(error: unknown): GarimError {
  return new GarimError(
    "ERR_GARIM_LOG_UNAVAILABLE",
    "The access log cannot be read: its database fails (see cause); check that it runs and lets this user read the schema garim",
    error,
  );
}
