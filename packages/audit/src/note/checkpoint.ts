import { GarimError } from "@garim/policy";
import { HASH_BYTES, isHash } from "../merkle/hash.ts";
import { isCount } from "../merkle/subtree.ts";
import { decodeBase64, encodeBase64 } from "./base64.ts";
import { isNoteText } from "./note.ts";
import { openNote } from "./open.ts";
import type { VerifierKey } from "./verifier-key.ts";

/** What a log vouches for: how long it was, and the root over all of it. */
export interface Checkpoint {
  /** Names the log, for ever; by habit the name of its key too. */
  readonly origin: string;
  /** Leaves, 0 to 2^53 - 1. */
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
  /** Further lines, none of them empty. They are signed, but nothing proves them. */
  readonly extensions: readonly string[];
}

/** A checkpoint, and which of the trusted keys signed it. */
export interface OpenedCheckpoint {
  readonly checkpoint: Checkpoint;
  /** At least one, each once. */
  readonly signers: readonly VerifierKey[];
}

/**
 * Writes the text of a checkpoint, ready to be signed: origin, size, root in base64, further lines.
 *
 * @throws GarimError `ERR_GARIM_PROOF_INVALID` where a line is empty or holds a control character, or a value is out of range
 * @source C2SP tlog-checkpoint, Note text
 */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  if (!isCount(size)) throw malformed("its size is no integer from 0 to 2^53 - 1");
  if (!isHash(root)) throw malformed("its root is not 32 bytes");
  const lines = [origin, `${size}`, encodeBase64(root), ...extensions];
  const text = `${lines.join("\n")}\n`;
  // A newline within a line would make two of it, and of the root something else.
  if (lines.some((line) => line === "" || line.includes("\n")))
    throw malformed("a line of it is empty, or is two");
  if (!isNoteText(text)) throw malformed("a line of it holds a control character, or half a character");
  return text;
}

/**
 * Reads the text of a checkpoint, which proves nothing; {@link openCheckpoint} does.
 *
 * @throws GarimError `ERR_GARIM_PROOF_INVALID`
 * @source C2SP tlog-checkpoint, Note text
 */
export function parseCheckpoint(text: string): Checkpoint {
  if (!isNoteText(text)) throw malformed("its text could not have been signed");
  const lines = text.slice(0, -1).split("\n");
  if (lines.includes("")) throw malformed("a line of it is empty");
  const [origin = "", size = "", root, ...extensions] = lines;
  if (root === undefined) throw malformed("it has fewer than three lines");
  return { origin, size: parseSize(size), root: parseRoot(root), extensions };
}

/**
 * Verifies a signed checkpoint of one log.
 *
 * @param bytes - the signed note
 * @param verifiers - the keys that are trusted to sign for that log
 * @param origin - of the log: a key may sign for several, and one must not pass for another
 * @throws GarimError `ERR_GARIM_PROOF_INVALID`, `ERR_GARIM_KEYS_INVALID`, as `openNote` does
 */
export function openCheckpoint(
  bytes: Uint8Array,
  verifiers: readonly VerifierKey[],
  origin: string,
): OpenedCheckpoint {
  const { text, signers } = openNote(bytes, verifiers);
  const checkpoint = parseCheckpoint(text);
  if (checkpoint.origin === origin) return { checkpoint, signers };
  throw malformed(`it is of the log ${checkpoint.origin}, not of ${origin}`);
}

/** "No leading zeroes (unless the tree is empty, in which case the tree size is 0)." */
function parseSize(line: string): number {
  const size = /^(0|[1-9][0-9]{0,15})$/.test(line) ? Number(line) : Number.NaN;
  if (isCount(size)) return size;
  throw malformed("its size is no decimal number from 0 to 2^53 - 1, or has leading zeros");
}

function parseRoot(line: string): Uint8Array {
  const root = decodeBase64(line);
  if (isHash(root)) return root;
  throw malformed(`its root is not base64 of ${HASH_BYTES} bytes`);
}

function malformed(what: string): GarimError {
  return new GarimError("ERR_GARIM_PROOF_INVALID", `This is no valid checkpoint: ${what}`);
}
