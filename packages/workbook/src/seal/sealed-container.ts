import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import { DATA_SPACES } from "../agile/data-spaces.ts";
import { encrypt, HASH } from "../agile/digest.ts";
import { makeEncryptionInfo } from "../agile/encryption-info.ts";
import {
  integrityVectors,
  type LockedKey,
  lockKey,
  makeIntegrityKey,
  makePackageKey,
  type PackageKey,
} from "../agile/package-key.ts";
import { Segments } from "../agile/segments.ts";
import { SECTOR } from "../cfb/constant.ts";
import { makeDirectory, type SmallStreams } from "../cfb/directory.ts";
import { makeHead } from "../cfb/head.ts";
import { type Layout, layOut } from "../cfb/layout.ts";
import { makeTail, miniStreamBytes } from "../cfb/tail.ts";
import type { Closed } from "./file-maker.ts";
import { ReadBack } from "./read-back.ts";

/** The package's stream begins with its clear length, 8 bytes. */
const LENGTH_BYTES = 8;
/** Ciphertext beside it in the stream's first sector, which is written last. */
const FIRST_BYTES = SECTOR - LENGTH_BYTES;

/**
 * An encrypted document made in one pass: ciphertext goes out as it is made. The length, which stands first and is part of the
 * integrity check, is known last, so that the ciphertext is read back once from where it went.
 */
export class SealedContainer {
  readonly #key: PackageKey = makePackageKey();
  readonly #locking: Promise<LockedKey>;
  readonly #segments = new Segments(this.#key);
  readonly #readBack = new ReadBack();
  readonly #integrityKey = makeIntegrityKey();
  readonly #first: Uint8Array[] = [];
  #firstBytes = 0;
  #sealedBytes = 0;
  #ended: Ended | undefined;

  constructor(password: string) {
    this.#locking = lockKey(this.#key, password);
    // Its failure is that of `close`.
    this.#locking.catch(() => undefined);
  }

  /** Of clear text, so far. */
  get clearBytes(): number {
    return this.#segments.clearBytes;
  }

  /** Takes clear bytes. @returns the next piece of the body, which may be empty */
  push(clear: Uint8Array): Uint8Array {
    return this.#give(this.#segments.push(clear));
  }

  /** No clear byte follows. @returns the last piece of the body */
  end(): Uint8Array {
    const last = this.#give(this.#segments.end());
    const filler = new Uint8Array((SECTOR - ((LENGTH_BYTES + this.#sealedBytes) % SECTOR)) % SECTOR);
    this.#readBack.give(filler);
    this.#ended = this.#begin();
    return Buffer.concat([last, filler]);
  }

  /** Takes the next bytes of the body, as they were kept. */
  readBack(bytes: Uint8Array): void {
    const ended = this.#mustHaveEnded();
    this.#readBack.take(bytes);
    ended.hash.update(bytes);
    const sealed = bytes.subarray(0, Math.max(0, ended.left));
    ended.hmac.update(sealed);
    ended.left -= sealed.length;
  }

  async close(): Promise<Closed> {
    const { hash, hmac, head, layout } = this.#mustHaveEnded();
    this.#readBack.compare();
    const small = await this.#small(hmac.digest());
    const tail = makeTail(small);
    hash.update(tail);
    return { head, tail, sizeBytes: layout.sizeBytes, sha256: hash.digest("hex") };
  }

  /** Keeps back the first sector's share. */
  #give(sealed: Uint8Array): Uint8Array {
    this.#sealedBytes += sealed.length;
    const kept = Math.min(sealed.length, FIRST_BYTES - this.#firstBytes);
    if (kept > 0) this.#first.push(new Uint8Array(sealed.subarray(0, kept)));
    this.#firstBytes += kept;
    return this.#readBack.give(sealed.subarray(kept));
  }

  #begin(): Ended {
    // Lengths do not depend on the value of the integrity check, which is not known yet.
    const dummy = this.#makeSmall(DUMMY_LOCK, Buffer.alloc(64));
    const layout = layOut(LENGTH_BYTES + this.#sealedBytes, miniStreamBytes(dummy));
    const first = this.#firstSector();
    const head = [...makeHead(layout, makeDirectory(layout, dummy)), first];
    const hash = createHash("sha256");
    for (const piece of head) hash.update(piece);
    const hmac = createHmac(HASH, this.#integrityKey).update(first);
    return { layout, head, hash, hmac, left: this.#sealedBytes - FIRST_BYTES };
  }

  #firstSector(): Uint8Array {
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeBigUInt64LE(BigInt(this.clearBytes));
    return Buffer.concat([length, ...this.#first]);
  }

  async #small(value: Uint8Array): Promise<SmallStreams> {
    return this.#makeSmall(await this.#locking, value);
  }

  #makeSmall(locked: LockedKey, value: Uint8Array): SmallStreams {
    const vectors = integrityVectors(this.#key);
    const integrity = {
      key: encrypt(this.#key.key, vectors.key, this.#integrityKey),
      value: encrypt(this.#key.key, vectors.value, value),
    };
    return { ...DATA_SPACES, info: makeEncryptionInfo(this.#key, locked, integrity) };
  }

  #mustHaveEnded(): Ended {
    if (this.#ended === undefined) throw new Error("the body has not ended");
    return this.#ended;
  }
}

interface Ended {
  readonly layout: Layout;
  readonly head: readonly Uint8Array[];
  readonly hash: Hash;
  readonly hmac: Hmac;
  /** Bytes of the body that are ciphertext, not filler. */
  left: number;
}

/** As long as a real one. */
const DUMMY_LOCK: LockedKey = {
  salt: new Uint8Array(16),
  spinCount: 100_000,
  verifierInput: new Uint8Array(16),
  verifierHash: new Uint8Array(64),
  key: new Uint8Array(32),
};
