import type { Month } from "./month.ts";

/*
 * What a key file (`garim.keys`) holds, as its JSON does. Members nobody here knows are kept when it is changed.
 */

interface Entry {
  /** 1 to 64 characters; the only one of its kind. */
  readonly id: string;
  /** When it was made, ISO 8601; absent in files of the older form. */
  readonly made?: string;
  /** Who answers for it. */
  readonly owner?: string;
}

/** A key of 32 bytes in base64. */
export interface SingleKey extends Entry {
  readonly key: string;
}

/** The key of one month that is kept although its chain has gone past it: a legal hold. */
export interface HeldKey extends SingleKey {
  readonly held: Month;
}

/** A chain of monthly keys: it begins in `from` and stands at `month`; `key` leads to that month and to later ones. */
export interface ChainKey extends SingleKey {
  readonly from: Month;
  readonly month: Month;
}

/** A key that makes pseudonyms. */
export type SubjectEntry = ChainKey | HeldKey | SingleKey;

/** A key (Ed25519) that signs the log's checkpoints; its id is the one that signed notes give it. */
export interface SignerEntry extends Entry {
  readonly name: string;
  /** The seed of 32 bytes in base64; gone once it is retired. */
  readonly seed?: string;
  /** The public key, as signed notes write it, once it is retired: what it signed can still be verified. */
  readonly verifierKey?: string;
  /** When it was retired, ISO 8601. */
  readonly retired?: string;
}

/** The keys of a deployment. Each list is newest first. */
export interface KeyFile {
  readonly version: 1;
  readonly subjects: readonly SubjectEntry[];
  /** Encrypt second factors at rest. */
  readonly secrets: readonly SingleKey[];
  readonly signers: readonly SignerEntry[];
}

export type KeyKind = "subjects" | "secrets" | "signers";

export function isChain(entry: SubjectEntry): entry is ChainKey {
  return "from" in entry;
}

export function isHeld(entry: SubjectEntry): entry is HeldKey {
  return "held" in entry;
}
