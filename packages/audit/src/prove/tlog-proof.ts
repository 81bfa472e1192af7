import { GarimError } from "@garim/policy";
import { HASH_BYTES, isHash } from "../merkle/hash.ts";
import { isCount } from "../merkle/subtree.ts";
import { decodeBase64, encodeBase64 } from "../note/base64.ts";

/** That an entry is in a log: what C2SP calls a transparency log proof. */
export interface TlogProof {
  /** Of the entry, from 0. */
  readonly index: number;
  /** The hashes beside its way to the root, from the bottom up, 32 bytes each. */
  readonly hashes: readonly Uint8Array[];
  /** The signed checkpoint, as it is. */
  readonly note: string;
}

const HEAD = "c2sp.org/tlog-proof@v1";

/**
 * Writes a proof as a `.tlog-proof` file holds it.
 *
 * @source C2SP tlog-proof, Format
 */
export function formatTlogProof({ index, hashes, note }: TlogProof): string {
  return [HEAD, `index ${index}`, ...hashes.map(encodeBase64), "", note].join("\n");
}

/**
 * Reads a proof, which shows nothing by itself. Stricter than C2SP in one matter: no `extra` line, for nothing vouches for it.
 *
 * @throws GarimError `ERR_GARIM_PROOF_INVALID`
 * @source C2SP tlog-proof, Format
 */
export function parseTlogProof(text: string): TlogProof {
  const end = text.indexOf("\n\n");
  if (end === -1) throw malformed("no empty line stands before its checkpoint");
  const [head, index = "", ...hashes] = text.slice(0, end).split("\n");
  if (head !== HEAD) throw malformed(`its first line is not ${HEAD}`);
  return { index: parseIndex(index), hashes: hashes.map(parseHash), note: text.slice(end + 2) };
}

/** "No leading zeroes (unless the index is `0`)". */
function parseIndex(line: string): number {
  const [, digits] = /^index (0|[1-9][0-9]{0,15})$/.exec(line) ?? [];
  const index = Number(digits ?? Number.NaN);
  if (isCount(index)) return index;
  throw malformed("its second line is not index and a decimal number");
}

function parseHash(line: string): Uint8Array {
  const hash = decodeBase64(line);
  if (isHash(hash)) return hash;
  throw malformed(`a hash of it is not base64 of ${HASH_BYTES} bytes`);
}

function malformed(what: string): GarimError {
  return new GarimError("ERR_GARIM_PROOF_INVALID", `This is no transparency log proof: ${what}`);
}
