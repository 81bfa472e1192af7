import { freshId, freshKey } from "./key-bytes.ts";
import type { ChainKey, KeyFile, SignerEntry, SingleKey } from "./key-file.ts";
import { type Month, monthOf } from "./month.ts";
import { signerId } from "./signer.ts";

/** What is said of a new key. */
export interface KeyMaking {
  /** UTC milliseconds. */
  readonly now: number;
  /** Who answers for the key. */
  readonly owner?: string;
  /** The name a signer stands under in signed notes, such as `market.example/access-log`. */
  readonly name?: string;
}

/** Fresh keys of every kind. */
export function makeKeyFile(making: KeyMaking): KeyFile {
  return {
    version: 1,
    subjects: [makeChain(making, monthOf(making.now))],
    secrets: [makeSecret(making)],
    signers: [makeSigner(making)],
  };
}

/** A new chain of pseudonyms' keys, beginning in a month. */
export function makeChain(making: KeyMaking, from: Month): ChainKey {
  return { ...label(making), from, month: from, key: freshKey() };
}

export function makeSecret(making: KeyMaking): SingleKey {
  return { ...label(making), key: freshKey() };
}

/** @throws GarimError `ERR_GARIM_KEYS_INVALID` where the name holds a space or a plus sign */
export function makeSigner(making: KeyMaking): SignerEntry {
  const seed = freshKey();
  const name = making.name ?? `garim/${freshId()}`;
  return { ...label(making), id: signerId(name, seed), name, seed };
}

function label({
  now,
  owner,
}: KeyMaking): Pick<SingleKey, "id" | "made" | "owner"> & { readonly id: string } {
  const made = new Date(now).toISOString();
  return { id: freshId(), made, ...(owner === undefined ? {} : { owner }) };
}
