import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { GarimError } from "@garim/policy";
import { stateUnavailable } from "../state/store.ts";

/** A key that encrypts stored secrets: AES-256. */
export interface SecretKey {
  /** Stored beside what it encrypted; never reused for another key. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** Where the keys come from. Asked on every use, so that a key may be added while running. */
export interface SecretKeys {
  /** Keys in force, newest first: the first encrypts, all decrypt. */
  all(): readonly SecretKey[];
}

/** An encrypted secret. `nonce` (12 bytes) and `text` (ciphertext, then the tag of 16 bytes) are base64url. */
export interface SealedSecret {
  readonly keyId: string;
  readonly nonce: string;
  readonly text: string;
}

const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts a secret for one owner.
 *
 * @param owner - authenticated with it: it cannot be opened for anybody else
 * @throws GarimError `ERR_GARIM_KEYS_MISSING`, `ERR_GARIM_KEYS_INVALID` as {@link readSecretKeys}
 */
export function sealSecret(secret: string, owner: string, keys: SecretKeys): SealedSecret {
  const { id, key } = newestKey(keys);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(boundTo(owner, id));
  const text = Buffer.concat([cipher.update(secret, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return { keyId: id, nonce: nonce.toString("base64url"), text: text.toString("base64url") };
}

/**
 * Decrypts a secret.
 *
 * @throws GarimError `ERR_GARIM_KEYS_MISSING` without its key, `ERR_GARIM_STATE_UNAVAILABLE` where it was changed or is
 *   somebody else's
 */
export function openSecret(sealed: SealedSecret, owner: string, keys: SecretKeys): string {
  const { id, key } = findKey(sealed.keyId, keys);
  try {
    const text = Buffer.from(sealed.text, "base64url");
    const nonce = Buffer.from(sealed.nonce, "base64url");
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(boundTo(owner, id)).setAuthTag(text.subarray(-TAG_BYTES));
    return decipher.update(text.subarray(0, -TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
  } catch (error) {
    throw stateUnavailable(
      "A stored account was changed, is another worker's, or was encrypted with another key of the same id. Restore it from a backup, or reset the worker's factors.",
      error,
    );
  }
}

/**
 * Reads the keys in force.
 *
 * @throws GarimError `ERR_GARIM_KEYS_MISSING` without any, `ERR_GARIM_KEYS_INVALID` where one is not of 32 bytes, or two
 *   share an id
 */
export function readSecretKeys(keys: SecretKeys): readonly SecretKey[] {
  const all = keys.all();
  if (all.length === 0) throw keysMissing("There is no key to encrypt accounts with.");
  const isUnusable = ({ id, key }: SecretKey) => id === "" || key.byteLength !== KEY_BYTES;
  if (!all.some(isUnusable) && new Set(all.map(({ id }) => id)).size === all.length) return all;
  throw new GarimError(
    "ERR_GARIM_KEYS_INVALID",
    `Each key needs its own id and ${KEY_BYTES} bytes; write { id: "2026-11", key: randomBytes(${KEY_BYTES}) } once and keep it`,
  );
}

/**
 * The key that encrypts.
 *
 * @throws GarimError `ERR_GARIM_KEYS_MISSING`, `ERR_GARIM_KEYS_INVALID` as {@link readSecretKeys}
 */
export function newestKey(keys: SecretKeys): SecretKey {
  const [newest] = readSecretKeys(keys);
  if (newest === undefined) throw keysMissing("There is no key to encrypt accounts with.");
  return newest;
}

function findKey(keyId: string, keys: SecretKeys): SecretKey {
  const key = readSecretKeys(keys).find(({ id }) => id === keyId);
  if (key !== undefined) return key;
  throw keysMissing(`A stored account was encrypted with the key ${JSON.stringify(keyId)}.`);
}

function keysMissing(seen: string): GarimError {
  return new GarimError(
    "ERR_GARIM_KEYS_MISSING",
    `${seen} Give every key that is still in use, newest first: all: () => [{ id, key }]`,
  );
}

function boundTo(owner: string, keyId: string): Buffer {
  return Buffer.from(JSON.stringify(["garim/account/v1", keyId, owner]));
}
