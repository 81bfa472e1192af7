import { type Cipher, createCipheriv, createHmac, type Hmac, pbkdf2Sync, randomBytes } from "node:crypto";

const SALT_BYTES = 16;
const KEY_BYTES = 32;
const VERIFIER_BYTES = 2;
const CODE_BYTES = 10;
const BLOCK_BYTES = 16;
/** The format's number, and not ours to raise: a password has to be enough without it. */
const ROUNDS = 1_000;

/**
 * Encrypts one entry of a ZIP as AE-2 with AES-256, what 7-Zip, WinZip and libarchive open: {@link AesStream.head}, the sealed pieces, and
 * what {@link AesStream.end} gives.
 *
 * @source WinZip, "AES Encryption Information: Encryption Specification AE-1 and AE-2"
 */
export class AesStream {
  /** The salt, and what tells a wrong password at once. */
  readonly head: Uint8Array;
  readonly #blocks: Cipher;
  readonly #code: Hmac;
  #bytes = 0;

  constructor(password: string, salt: Uint8Array = randomBytes(SALT_BYTES)) {
    const derived = pbkdf2Sync(password, salt, ROUNDS, 2 * KEY_BYTES + VERIFIER_BYTES, "sha1");
    // Counters are encrypted here, never data: the format counts from the little end, Node's own CTR from the other.
    this.#blocks = createCipheriv("aes-256-ecb", derived.subarray(0, KEY_BYTES), null).setAutoPadding(false);
    this.#code = createHmac("sha1", derived.subarray(KEY_BYTES, 2 * KEY_BYTES));
    this.head = Buffer.concat([salt, derived.subarray(2 * KEY_BYTES)]);
  }

  seal(clear: Uint8Array): Uint8Array {
    const skipped = this.#bytes % BLOCK_BYTES;
    const stream = this.#streamFrom((this.#bytes - skipped) / BLOCK_BYTES, skipped + clear.length);
    const sealed = new Uint8Array(clear.length);
    for (let i = 0; i < clear.length; i++) sealed[i] = (clear[i] ?? 0) ^ (stream[skipped + i] ?? 0);
    this.#bytes += clear.length;
    this.#code.update(sealed);
    return sealed;
  }

  /** No data follows. @returns the authentication code */
  end(): Uint8Array {
    return this.#code.digest().subarray(0, CODE_BYTES);
  }

  #streamFrom(block: number, bytes: number): Uint8Array {
    const counters = Buffer.alloc(Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES);
    // The first block is number 1; a file ends long before 32 bits do.
    for (let at = 0; at < counters.length; at += BLOCK_BYTES)
      counters.writeUInt32LE(block + at / BLOCK_BYTES + 1, at);
    return this.#blocks.update(counters);
  }
}
