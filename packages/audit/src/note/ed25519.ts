import { createPrivateKey, createPublicKey, type KeyObject, verify } from "node:crypto";

/** A public key, and the seed of a private one. */
export const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** What DER writes before the bytes of a public key (RFC 8410 section 4) and of a seed (section 7). */
const PUBLIC_KEY_HEAD = Buffer.from("302a300506032b6570032100", "hex");
const PRIVATE_KEY_HEAD = Buffer.from("302e020100300506032b657004220420", "hex");

/** @param seed - 32 bytes */
export function privateKeyOf(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PRIVATE_KEY_HEAD, seed]), format: "der", type: "pkcs8" });
}

/** @returns 32 bytes */
export function publicKeyOf(privateKey: KeyObject): Uint8Array {
  const der = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  return Uint8Array.from(der.subarray(PUBLIC_KEY_HEAD.length));
}

/**
 * Tells whether a signature over a message is of that key. Total: a signature of another length, and bytes that are no key, are
 * not.
 *
 * @source RFC 8032 section 5.1.7
 */
export function isSignedBy(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false;
  const der = Buffer.concat([PUBLIC_KEY_HEAD, publicKey]);
  return verify(null, message, createPublicKey({ key: der, format: "der", type: "spki" }), signature);
}

/**
 * The y of the points of order 1, 2, 4 and 8, with those that are not reduced, little-endian, without the sign of x. With such a
 * key one signature fits any message, or some of them: nobody would have signed anything. Node 20.20 verifies such signatures;
 * 24.21, with OpenSSL 3.5, does not.
 */
const WEAK_POINTS: ReadonlySet<string> = new Set([
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
]);

/** Tells whether a public key is a point of small order, which no seed gives. */
export function isWeakKey(publicKey: Uint8Array): boolean {
  const y = Buffer.from(publicKey);
  y[KEY_BYTES - 1] = (y[KEY_BYTES - 1] ?? 0) & 0x7f;
  return WEAK_POINTS.has(y.toString("hex"));
}
