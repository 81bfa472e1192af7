import { sign } from "node:crypto";
import { GarimError } from "@garim/policy";
import { KEY_BYTES, privateKeyOf, publicKeyOf } from "./ed25519.ts";
import { formatKeyText, keyIdOf, parseKeyText } from "./key-text.ts";
import { checkKeyName, formatVerifierKey, verifierKey } from "./verifier-key.ts";

/**
 * Signs notes: a port, so that the private key may stay in a KMS. The key must sign nothing but notes: then no signature made for
 * another purpose can be passed off as one of the log.
 */
export interface NoteSigner {
  readonly name: string;
  /** Of the same name, as `formatVerifierKey` writes it. */
  readonly verifierKey: string;
  /**
   * Signs a message as it is, without hashing it first (pure Ed25519).
   *
   * @returns 64 bytes
   */
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** A private key in memory. Never log it. */
export interface PrivateKey {
  readonly name: string;
  /** 32 bytes. */
  readonly seed: Uint8Array;
}

/**
 * Signs with a key in memory.
 *
 * @param name - without spaces and plus signs, such as `audit.shop.example/log`
 * @param seed - 32 random bytes
 * @throws GarimError `ERR_GARIM_KEYS_INVALID`
 * @source RFC 8032 section 5.1
 */
export function ed25519Signer(name: string, seed: Uint8Array): NoteSigner {
  checkPrivateKey(name, seed);
  const key = privateKeyOf(seed);
  return {
    name,
    verifierKey: formatVerifierKey(verifierKey(name, publicKeyOf(key))),
    sign: async (message) => Uint8Array.from(sign(null, message, key)),
  };
}

const HEAD = "PRIVATE+KEY+";

/**
 * Reads a private key: `PRIVATE+KEY+<name>+<key id in hex>+<base64 of 0x01 and the seed>`, as Go's sumdb tools write it.
 *
 * @throws GarimError `ERR_GARIM_KEYS_INVALID`; no message shows any of the text
 */
export function parsePrivateKey(text: string): PrivateKey {
  const parsed = text.startsWith(HEAD) ? parseKeyText(text.slice(HEAD.length)) : undefined;
  if (parsed === undefined)
    throw invalid("A private key has the form PRIVATE+KEY+name+id+base64; restore it from your copy");
  const { name, keyId, key: seed } = parsed;
  if (keyId === privateKeyId(name, seed)) return { name, seed };
  throw invalid(
    "The id of the private key is not that of its bytes: it is damaged; restore it from your copy",
  );
}

/**
 * Writes a private key as {@link parsePrivateKey} reads it.
 *
 * @throws GarimError `ERR_GARIM_KEYS_INVALID`
 */
export function formatPrivateKey({ name, seed }: PrivateKey): string {
  checkPrivateKey(name, seed);
  return HEAD + formatKeyText({ name, keyId: privateKeyId(name, seed), key: seed });
}

/** That of the public key. */
function privateKeyId(name: string, seed: Uint8Array): string {
  return keyIdOf(name, publicKeyOf(privateKeyOf(seed)));
}

function checkPrivateKey(name: string, seed: Uint8Array): void {
  checkKeyName(name);
  if (!(seed instanceof Uint8Array) || seed.length !== KEY_BYTES)
    throw invalid("The seed of a private key must be 32 bytes; make it with crypto.randomBytes(32)");
}

function invalid(message: string): GarimError {
  return new GarimError("ERR_GARIM_KEYS_INVALID", message);
}
