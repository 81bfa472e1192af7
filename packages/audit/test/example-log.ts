import { NO_KINDS, subject } from "@garim/policy";
import type { Access, Bundle, NoteSigner } from "../src/index.ts";
import { leafHash } from "../src/merkle/hash.ts";
import { rootOf } from "../src/merkle/tree.ts";
import { encodeBase64 } from "../src/note/base64.ts";
import { formatCheckpoint } from "../src/note/checkpoint.ts";
import { signNote } from "../src/note/open.ts";
import { ed25519Signer } from "../src/note/signer.ts";
import { formatTlogProof } from "../src/prove/tlog-proof.ts";
import { makePseudonym } from "../src/pseudonym.ts";
import { encodeRecord } from "../src/record/encode.ts";
import { type Batch, batchLeaf } from "../src/seal/batch-leaf.ts";
import { formatSealed } from "../src/seal/sealed.ts";

// The log of three records that FORMAT.md works through. Nothing of it is by chance.

const ORIGIN = "shop.example/access-log";
const SIGNER: NoteSigner = ed25519Signer(ORIGIN, new Uint8Array(32).fill(1));
const AT = Date.parse("2026-11-22T09:00:00.123Z");
const SUBJECT = makePseudonym(new Uint8Array(32).fill(7), subject.buyer("b-100001"));

function access(more: Partial<Access>): Access {
  return {
    at: AT,
    actor: { kind: "staff", id: "anna", sellerId: "S1" },
    session: "s-1",
    factor: null,
    origin: { ip: "203.0.113.7", agent: null },
    action: "log-in",
    outcome: "done",
    reason: null,
    route: "POST /log-in",
    purpose: null,
    policy: { edition: "none", overrides: {} },
    surface: null,
    allowed: NO_KINDS,
    profile: null,
    records: [],
    ...more,
  };
}

const ACCESSES: readonly Access[] = [
  access({}),
  access({
    at: AT + 1_000,
    actor: { kind: "auditor", id: "kim", sellerId: null },
    session: null,
    origin: { ip: "local", agent: null },
    action: "log-query",
    route: "garim who-saw",
    asked: [subject.buyer("b-100001")],
    detail: { verb: "who-saw" },
  }),
  access({ at: AT + 1_000, action: "log-out", route: "POST /log-out" }),
];

interface ExampleRecord {
  readonly id: string;
  readonly body: Uint8Array;
  readonly subjects: Uint8Array;
  readonly leaf: Uint8Array;
}

const RECORDS: readonly ExampleRecord[] = ACCESSES.map((one, i) => {
  const id = `${one.at.toString(16).padStart(12, "0").replace(/^.{8}/, "$&-")}-7000-8000-00000000000${i + 1}`;
  const body = encodeRecord(id, one, "2026-11.3f9c2a1b");
  const subjects = Buffer.from(one.asked === undefined ? "" : SUBJECT, "hex");
  return { id, body, subjects, leaf: leafHash(Buffer.concat([body, subjects])) };
});

const LEAVES = RECORDS.map(({ leaf }) => leaf);

function batch(no: number, firstSeq: number, size: number): Batch {
  const root = rootOf(LEAVES.slice(firstSeq - 1, firstSeq - 1 + size));
  return { no, firstSeq, size, recordedAt: AT + no * 1_000 - 993, root };
}

const BATCHES = [batch(1, 1, 1), batch(2, 2, 2)] as const;
const BATCH_LEAVES = BATCHES.map(batchLeaf);

async function note(size: number): Promise<{ readonly text: string; readonly note: string }> {
  const extensions = [`at ${new Date(AT + size * 1_000).toISOString()}`];
  const text = formatCheckpoint({
    origin: ORIGIN,
    size,
    root: rootOf(BATCH_LEAVES.slice(0, size)),
    extensions,
  });
  return { text, note: Buffer.from(await signNote(text, [SIGNER])).toString("utf8") };
}

/** What FORMAT.md shows, each by its heading there. */
export interface Example {
  /** Names and values of the tables: hex, unless they are text. */
  readonly values: Readonly<Record<string, string>>;
  readonly checkpoint: string;
  readonly copy: readonly string[];
  readonly bundle: Bundle;
  readonly verifierKey: string;
  readonly origin: string;
}

/** Works the example out. */
export async function makeExample(): Promise<Example> {
  const [older, newer] = [await note(1), await note(2)];
  const [first, second] = BATCHES;
  const [, record, last] = RECORDS;
  const [beside, leaf] = BATCH_LEAVES;
  if (record === undefined || last === undefined || beside === undefined || leaf === undefined)
    throw new Error("the example has three records in two batches");
  const sealed = (one: Batch, leaves: readonly Uint8Array[], signed: string): string =>
    formatSealed({ batches: [{ ...one, leaves }], note: signed });
  return {
    values: {
      "verifier key": SIGNER.verifierKey,
      "body of record 2": hex(record.body),
      "its pseudonym": hex(record.subjects),
      "leaf of record 1": hex(LEAVES[0]),
      "leaf of record 2": hex(record.leaf),
      "leaf of record 3": hex(last.leaf),
      "root of batch 1": hex(first.root),
      "root of batch 2": hex(second.root),
      "bytes of batch 2": hex(bytesOf(second)),
      "leaf of batch 1": hex(beside),
      "leaf of batch 2": hex(leaf),
      "root of the log after batch 2": hex(rootOf(BATCH_LEAVES)),
    },
    checkpoint: newer.note,
    copy: [sealed(first, LEAVES.slice(0, 1), older.note), sealed(second, LEAVES.slice(1), newer.note)],
    bundle: {
      format: "garim/bundle/v1",
      id: record.id,
      seq: 2,
      record: { body: encodeBase64(record.body), subjects: encodeBase64(record.subjects) },
      batch: {
        no: 2,
        first: 2,
        size: 2,
        at: second.recordedAt,
        root: encodeBase64(second.root),
        index: 0,
        path: [encodeBase64(last.leaf)],
      },
      proof: formatTlogProof({ index: 1, hashes: [beside], note: newer.note }),
      since: { note: older.note, proof: [encodeBase64(leaf)] },
    },
    verifierKey: SIGNER.verifierKey,
    origin: ORIGIN,
  };
}

/** By hand, as somebody would who has only the table. */
function bytesOf({ no, firstSeq, size, recordedAt, root }: Batch): Uint8Array {
  const numbers = [no, firstSeq, size, recordedAt].map((number, i) =>
    number.toString(16).padStart(i === 2 ? 8 : 16, "0"),
  );
  return Buffer.concat([Buffer.from("garim/batch/v1\0"), Buffer.from(numbers.join(""), "hex"), root]);
}

function hex(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString("hex");
}
