import { GarimError } from "@garim/policy";
import { HASH_BYTES, isHash } from "../merkle/hash.ts";
import { isCount } from "../merkle/subtree.ts";
import { decodeBase64 } from "../note/base64.ts";
import type { Batch } from "../seal/batch-leaf.ts";
import { BUNDLE_FORMAT } from "./bundle.ts";
import { parseTlogProof, type TlogProof } from "./tlog-proof.ts";

/** A bundle as bytes and numbers: its form is right, nothing else is known. */
export interface BundleParts {
  readonly id: string;
  readonly seq: number;
  readonly body: Uint8Array;
  /** 16 bytes each, in one. */
  readonly subjects: Uint8Array;
  readonly batch: Batch;
  /** Of the record in its batch. */
  readonly index: number;
  readonly path: readonly Uint8Array[];
  readonly top: TlogProof;
  readonly since: PastParts | null;
}

export interface PastParts {
  readonly note: string;
  readonly proof: readonly Uint8Array[];
}

type Members = Readonly<Record<string, unknown>>;

const SUBJECT_BYTES = 16;
/** Four bytes of the batch's leaf hold it. */
const MAX_BATCH = 2 ** 32 - 1;

/**
 * Reads a bundle of whatever origin. Every member must be there and no other: what nothing vouches for could be taken for proven.
 *
 * @throws GarimError `ERR_GARIM_PROOF_INVALID`
 */
export function readBundle(value: unknown): BundleParts {
  const bundle = readMembers(value, "it", ["format", "id", "seq", "record", "batch", "proof"], ["since"]);
  if (bundle["format"] !== BUNDLE_FORMAT) throw malformed(`its format is not ${BUNDLE_FORMAT}`);
  return {
    id: readText(bundle["id"], "id"),
    seq: readCount(bundle["seq"], "seq"),
    ...readRecord(bundle["record"]),
    ...readBatch(bundle["batch"]),
    top: parseTlogProof(readText(bundle["proof"], "proof")),
    since: "since" in bundle ? readPast(bundle["since"]) : null,
  };
}

function readRecord(value: unknown): Pick<BundleParts, "body" | "subjects"> {
  const record = readMembers(value, "record", ["body", "subjects"]);
  const subjects = readBytes(record["subjects"], "record.subjects");
  if (subjects.length % SUBJECT_BYTES !== 0)
    throw malformed(`record.subjects is not ${SUBJECT_BYTES} bytes each`);
  return { body: readBytes(record["body"], "record.body"), subjects };
}

function readBatch(value: unknown): Pick<BundleParts, "batch" | "index" | "path"> {
  const batch = readMembers(value, "batch", ["no", "first", "size", "at", "root", "index", "path"]);
  const size = readCount(batch["size"], "batch.size");
  if (size > MAX_BATCH) throw malformed("batch.size is too large");
  return {
    batch: {
      no: readCount(batch["no"], "batch.no"),
      firstSeq: readCount(batch["first"], "batch.first"),
      size,
      recordedAt: readCount(batch["at"], "batch.at"),
      root: readHash(batch["root"], "batch.root"),
    },
    index: readCount(batch["index"], "batch.index"),
    path: readHashes(batch["path"], "batch.path"),
  };
}

function readPast(value: unknown): PastParts {
  const past = readMembers(value, "since", ["note", "proof"]);
  return { note: readText(past["note"], "since.note"), proof: readHashes(past["proof"], "since.proof") };
}

function readMembers(
  value: unknown,
  name: string,
  needed: readonly string[],
  more: readonly string[] = [],
): Members {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw malformed(`${name} is no object`);
  const missing = needed.find((member) => !Object.hasOwn(value, member));
  if (missing !== undefined) throw malformed(`${name} has no ${missing}`);
  if (Object.keys(value).some((member) => !needed.includes(member) && !more.includes(member)))
    throw malformed(`${name} has a member that no bundle has`);
  return value as Members;
}

function readHashes(value: unknown, name: string): readonly Uint8Array[] {
  if (!Array.isArray(value)) throw malformed(`${name} is no list`);
  return value.map((item) => readHash(item, name));
}

function readHash(value: unknown, name: string): Uint8Array {
  const hash = readBytes(value, name);
  if (isHash(hash)) return hash;
  throw malformed(`${name} is not base64 of ${HASH_BYTES} bytes`);
}

function readBytes(value: unknown, name: string): Uint8Array {
  const bytes = decodeBase64(readText(value, name));
  if (bytes !== undefined) return bytes;
  throw malformed(`${name} is not base64 in its one form`);
}

function readText(value: unknown, name: string): string {
  if (typeof value === "string") return value;
  throw malformed(`${name} is no text`);
}

function readCount(value: unknown, name: string): number {
  // JSON has a -0; the batch's leaf has not.
  if (isCount(value) && !Object.is(value, -0)) return value;
  throw malformed(`${name} is no integer from 0 to 2^53 - 1`);
}

function malformed(what: string): GarimError {
  return new GarimError(
    "ERR_GARIM_PROOF_INVALID",
    `This is no bundle of garim prove: ${what}; take it again from whoever made it`,
  );
}
