import type { NoteSigner } from "../note/signer.ts";
import type { PseudonymKeys } from "../pseudonym.ts";
import { readKey } from "./key-bytes.ts";
import type { KeyFile } from "./key-file.ts";
import { type KeyWatchOptions, watchKeyFile } from "./key-watch.ts";
import { listKeys } from "./listing.ts";
import { openSigner } from "./signer.ts";
import { monthlyKeys } from "./subject-keys.ts";

/** A key that encrypts what is stored. */
export interface StorageKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** Who signs the log's checkpoints. */
export interface SignerKeys {
  /** All that sign now, newest first; none where nothing is to be signed. */
  all(): readonly NoteSigner[];
}

/** The keys of a file, as they are at each use. */
export interface FileKeys {
  /** Make data subjects pseudonyms, month by month. */
  readonly subjects: PseudonymKeys;
  /** Newest first: the first encrypts, all decrypt. */
  readonly secrets: { all(): readonly StorageKey[] };
  readonly signers: SignerKeys;
  /** How old the oldest key in use is, whole days; `null` where nobody wrote that down. @param now - UTC milliseconds */
  readonly ageDays: (now: number) => number | null;
}

/**
 * Opens a key file. Its changes are taken over within a second of use; one that cannot be read is said, and changes nothing.
 *
 * @throws GarimError `ERR_GARIM_KEYS_MISSING`, `ERR_GARIM_KEYS_INVALID` (damaged, or in production readable by others)
 */
export function openKeyFile(path: string, options: KeyWatchOptions): FileKeys {
  const read = watchKeyFile(path, options);
  return {
    subjects: monthlyKeys(read),
    secrets: { all: perFile(read, secretsOf) },
    signers: { all: perFile(read, signersOf) },
    ageDays: (now) => oldestOf(read(), now),
  };
}

function oldestOf(file: KeyFile, now: number): number | null {
  const used = listKeys(file, now).filter(({ state }) => state === "in-use");
  const days = used.flatMap(({ ageDays }) => (ageDays === null ? [] : [ageDays]));
  return days.length === 0 ? null : Math.max(...days);
}

function secretsOf({ secrets }: KeyFile): readonly StorageKey[] {
  return secrets.map(({ id, key }) => ({ id, key: readKey(key) }));
}

function signersOf({ signers }: KeyFile): readonly NoteSigner[] {
  return signers.flatMap(({ name, seed }) => (seed === undefined ? [] : [openSigner(name, seed)]));
}

/** Made once for each version of the file. */
function perFile<T>(read: () => KeyFile, make: (file: KeyFile) => T): () => T {
  let file = read();
  let made = make(file);
  return () => {
    const now = read();
    if (now !== file) {
      file = now;
      made = make(now);
    }
    return made;
  };
}
