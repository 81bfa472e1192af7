import { BLOCK, encrypt } from "./digest.ts";
import { type PackageKey, segmentVector } from "./package-key.ts";

/** A package is encrypted in pieces of this many bytes, each with a vector of its own. */
export const SEGMENT = 4_096;

/** Encrypts a package as it comes. */
export class Segments {
  readonly #key: PackageKey;
  #segment = 0;
  #rest: Uint8Array = new Uint8Array(0);
  #clearBytes = 0;

  constructor(key: PackageKey) {
    this.#key = key;
  }

  /** Of clear text, so far. */
  get clearBytes(): number {
    return this.#clearBytes;
  }

  /** Takes clear bytes. @returns what whole segments they filled, encrypted */
  push(clear: Uint8Array): Uint8Array {
    this.#clearBytes += clear.length;
    const all = this.#rest.length === 0 ? clear : Buffer.concat([this.#rest, clear]);
    const whole = all.length - (all.length % SEGMENT);
    const sealed = Buffer.allocUnsafe(whole);
    for (let at = 0; at < whole; at += SEGMENT) sealed.set(this.#seal(all.subarray(at, at + SEGMENT)), at);
    // A copy: what came in belongs to its sender.
    this.#rest = new Uint8Array(all.subarray(whole));
    return sealed;
  }

  /** No clear byte follows. @returns the last segment, filled with zeros to a whole block */
  end(): Uint8Array {
    if (this.#rest.length === 0) return this.#rest;
    const padded = new Uint8Array(Math.ceil(this.#rest.length / BLOCK) * BLOCK);
    padded.set(this.#rest);
    this.#rest.fill(0);
    this.#rest = new Uint8Array(0);
    return this.#seal(padded);
  }

  #seal(clear: Uint8Array): Uint8Array {
    return encrypt(this.#key.key, segmentVector(this.#key, this.#segment++), clear);
  }
}
