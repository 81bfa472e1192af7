import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import { GarimError, type Subject, type SubjectType } from "@garim/policy";

/** A key that turns data subjects into pseudonyms. */
export interface PseudonymKey {
  /** Stands in every record made with it: 1 to 64 characters. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

export interface PseudonymKeys {
  /**
   * Keys in force: the first makes new pseudonyms, all are tried when searching. Asked at every record, so that a key may change
   * with the month; answer the same list while nothing changed.
   *
   * @param now - UTC milliseconds, by the log's clock
   */
  all(now: number): readonly PseudonymKey[];
}

/** How many pseudonyms a generation of the cache holds; there are two. About 7 MB when full. */
const GENERATION = 32_768;

/**
 * A subject's pseudonym under one key: the first 128 bits of HMAC-SHA-256 over `garim/subject/v1`, the type and the id, NUL
 * between them. Equal ids of two types never match, and neither do those of two keys.
 *
 * @returns 32 lower-case hex digits
 */
export function makePseudonym(key: KeyObject | Uint8Array, subject: Subject): string {
  const text = `garim/subject/v1\0${subject.type}\0${subject.id}`;
  return createHmac("sha256", key).update(text).digest("hex").slice(0, 32);
}

/** Makes pseudonyms with the newest key and keeps those of the subjects met lately: an HMAC each would cost more than masking. */
export class Pseudonyms {
  readonly #all: () => readonly PseudonymKey[];
  #maker: Maker;

  /**
   * @param clock - UTC milliseconds: a key may be of a month
   * @throws GarimError `ERR_GARIM_KEYS_MISSING`, `ERR_GARIM_KEYS_INVALID`
   */
  constructor(keys: PseudonymKeys, clock: () => number = Date.now) {
    this.#all = () => keys.all(clock());
    const all = this.#all();
    for (const key of all) checkKey(key);
    this.#maker = new Maker(newest(all));
  }

  /**
   * Makes new pseudonyms with the key that is newest now. Call it once for all subjects of a record: it keeps its key when the
   * month turns meanwhile, so that they and the record's key id belong together.
   */
  maker(): Maker {
    const key = newest(this.#all());
    if (key.id !== this.#maker.keyId) this.#maker = new Maker(key);
    return this.#maker;
  }

  /** A subject's pseudonyms under every key in force, for searching. */
  everyPseudonym(subject: Subject): readonly string[] {
    return this.#all().map(({ key }) => makePseudonym(key, subject));
  }
}

/** Pseudonyms of one key, with a cache of two generations: when the young is full it becomes the old, and the old is dropped. */
export class Maker {
  readonly keyId: string;
  readonly #key: KeyObject;
  #young = new Map<SubjectType, Map<string, string>>();
  #old = new Map<SubjectType, Map<string, string>>();
  #size = 0;

  constructor(key: PseudonymKey) {
    checkKey(key);
    this.keyId = key.id;
    this.#key = createSecretKey(key.key);
  }

  pseudonym(subject: Subject): string {
    const known = this.#young.get(subject.type)?.get(subject.id);
    return known ?? this.#remember(subject);
  }

  #remember(subject: Subject): string {
    const { type, id } = subject;
    const pseudonym = this.#old.get(type)?.get(id) ?? makePseudonym(this.#key, subject);
    if (this.#size++ === GENERATION) this.#turn();
    const ids = this.#young.get(type);
    if (ids === undefined) this.#young.set(type, new Map([[id, pseudonym]]));
    else ids.set(id, pseudonym);
    return pseudonym;
  }

  #turn(): void {
    this.#old = this.#young;
    this.#young = new Map();
    this.#size = 1;
  }
}

function newest([key]: readonly PseudonymKey[]): PseudonymKey {
  if (key !== undefined) return key;
  throw new GarimError(
    "ERR_GARIM_KEYS_MISSING",
    "The access log has no key for pseudonyms; give keys: { all: () => [{ id, key }] } with a key of 32 random bytes",
  );
}

function checkKey({ id, key }: PseudonymKey): void {
  if (typeof id !== "string" || id === "" || id.length > 64)
    throw new GarimError(
      "ERR_GARIM_KEYS_INVALID",
      "A key for pseudonyms needs an id of 1 to 64 characters, such as the day it was made",
    );
  if (!(key instanceof Uint8Array) || key.length !== 32)
    throw new GarimError(
      "ERR_GARIM_KEYS_INVALID",
      `The key ${JSON.stringify(id)} for pseudonyms must be 32 bytes; make it with crypto.randomBytes(32)`,
    );
}
