import { consistencyNodes, consistencyProof, inclusionNodes, inclusionProof } from "../merkle/proof.ts";
import type { NodePlace, TreeNode } from "../merkle/subtree.ts";
import { Frontier } from "../merkle/tree.ts";
import { encodeBase64 } from "../note/base64.ts";
import { decodeRecord } from "../record/decode.ts";
import type { SealedBatch } from "../seal/sealed.ts";
import type { TreeStore } from "../seal/tree-store.ts";
import { BUNDLE_FORMAT, type Bundle, type BundledPast } from "./bundle.ts";
import { findBreak, findFork } from "./chain.ts";
import { damaged, forked } from "./fault.ts";
import type { StoredCheckpoint } from "./find-checkpoint.ts";
import type { StoredRecord } from "./find-record.ts";
import { readBundle } from "./read-bundle.ts";
import { formatTlogProof } from "./tlog-proof.ts";

/** What a proof goes between. */
export interface Found {
  readonly record: StoredRecord;
  readonly newer: StoredCheckpoint;
  readonly past: StoredCheckpoint | undefined;
}

/**
 * Gathers the hashes between a record and a checkpoint, and checks that they lead there.
 *
 * @throws GarimError `ERR_GARIM_PROOF_INVALID`, `ERR_GARIM_RECORD_INVALID`
 */
export async function gather(store: TreeStore, { record, newer, past }: Found): Promise<Bundle> {
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
