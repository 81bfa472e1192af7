import { GarimError } from "@garim/policy";
import { HASH_BYTES } from "../merkle/hash.ts";
import { rootOf } from "../merkle/tree.ts";
import { decodeBase64 } from "../note/base64.ts";
import type { Batch } from "./batch-leaf.ts";

/** A batch as it is kept outside the database. */
export interface SealedBatch extends Batch {
  /** The leaves of its records, so that a changed record can be named; `null` where they were destroyed before this copy. */
  readonly leaves: readonly Uint8Array[] | null;
}

/** What leaves the database each time: the batches that came, and a checkpoint over all so far. */
export interface Sealed {
  readonly batches: readonly SealedBatch[];
  /** A signed note; `null` where another part of the same checkpoint follows. */
  readonly note: string | null;
}

interface BatchText {
  readonly no: number;
  readonly first: number;
  readonly size: number;
  readonly at: number;
  readonly leaves?: string;
  readonly root?: string;
}

/** One line of JSON, without its line break. */
export function formatSealed({ batches, note }: Sealed): string {
  return JSON.stringify({ batches: batches.map(writeBatch), ...(note === null ? {} : { note }) });
}

function writeBatch({ no, firstSeq, size, recordedAt, root, leaves }: SealedBatch): BatchText {
  const batch = { no, first: firstSeq, size, at: recordedAt };
  if (leaves === null) return { ...batch, root: Buffer.from(root).toString("base64") };
  return { ...batch, leaves: Buffer.concat(leaves).toString("base64") };
}

/**
 * Reads such a line; its own numbers are checked, its truth is not: only a signature over the tree can show that.
 *
 * @throws GarimError `ERR_GARIM_PROOF_INVALID`
 */
export function parseSealed(line: string): Sealed {
  const value = parseJson(line);
  if (!isObject(value) || !Array.isArray(value["batches"])) throw refuse("has no batches");
  const note = value["note"] ?? null;
  if (note !== null && typeof note !== "string") throw refuse("has a note that is no text");
  return { batches: value["batches"].map(readBatch), note };
}

function readBatch(value: unknown): SealedBatch {
  if (!isObject(value)) throw refuse("has a batch that is no object");
  const [no, firstSeq, size, recordedAt] = [value["no"], value["first"], value["size"], value["at"]].map(
    readCount,
  );
  if (
    no === undefined ||
    firstSeq === undefined ||
    size === undefined ||
    recordedAt === undefined ||
    size === 0
  )
    throw refuse("has a batch without its numbers");
  const batch = { no, firstSeq, size, recordedAt };
  if (value["leaves"] === undefined)
    return { ...batch, root: readHashes(value["root"], 1)[0] ?? noRoot(), leaves: null };
  const leaves = readHashes(value["leaves"], size);
  return { ...batch, root: rootOf(leaves), leaves };
}

function readHashes(text: unknown, count: number): readonly Uint8Array[] {
  const bytes = decodeBase64(typeof text === "string" ? text : "");
  if (bytes?.length !== count * HASH_BYTES) throw refuse("has a batch without its hashes");
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES));
}

function readCount(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw refuse("is no JSON");
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function noRoot(): never {
  throw refuse("has a batch without its root");
}

function refuse(seen: string): GarimError {
  return new GarimError(
    "ERR_GARIM_PROOF_INVALID",
    `A line of the copy outside the database ${seen}; take the copy from where the log wrote it, unchanged`,
  );
}
