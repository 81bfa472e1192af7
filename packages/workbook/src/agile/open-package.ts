import { createHmac } from "node:crypto";
import { GarimError } from "@garim/policy";
import { damaged } from "../open/damaged.ts";
import { decrypt, digest, HASH, HASH_BYTES } from "./digest.ts";
import { integrityVectors, type PackageKey, segmentVector } from "./package-key.ts";
import { PURPOSE, spinPassword } from "./password-key.ts";
import { SEGMENT } from "./segments.ts";

/** More rounds than anybody writes are an attack on the reader. */
const MOST_ROUNDS = 500_000;

/**
 * Decrypts a package, after its integrity check.
 *
 * @param info - the stream `EncryptionInfo`
 * @param sealed - the stream `EncryptedPackage`
 * @throws GarimError `ERR_GARIM_WORKBOOK_PASSWORD`, `ERR_GARIM_WORKBOOK_DAMAGED`
 */
export async function openPackage(info: Uint8Array, sealed: Buffer, password: string): Promise<Buffer> {
  const read = readInfo(info);
  const key = { key: await unlock(read, password), salt: read.salt };
  checkIntegrity(key, read, sealed);
  return decryptPackage(key, sealed);
}

interface ReadInfo {
  readonly salt: Uint8Array;
  readonly hmacKey: Uint8Array;
  readonly hmacValue: Uint8Array;
  readonly passwordSalt: Uint8Array;
  readonly spinCount: number;
  readonly verifierInput: Uint8Array;
  readonly verifierHash: Uint8Array;
  readonly lockedKey: Uint8Array;
}

function readInfo(info: Uint8Array): ReadInfo {
  const xml = Buffer.from(info.subarray(8)).toString();
  const keyData = tagOf(xml, "keyData");
  const integrity = tagOf(xml, "dataIntegrity");
  const locked = tagOf(xml, "p:encryptedKey");
  for (const tag of [keyData, locked]) mustBeOurs(tag);
  const spinCount = Number(attribute(locked, "spinCount"));
  if (!(spinCount >= 0 && spinCount <= MOST_ROUNDS)) throw damaged("its password asks for too many rounds");
  return {
    spinCount,
    salt: bytesOf(keyData, "saltValue", 16),
    hmacKey: bytesOf(integrity, "encryptedHmacKey", 64),
    hmacValue: bytesOf(integrity, "encryptedHmacValue", 64),
    passwordSalt: bytesOf(locked, "saltValue", 16),
    verifierInput: bytesOf(locked, "encryptedVerifierHashInput", 16),
    verifierHash: bytesOf(locked, "encryptedVerifierHashValue", 64),
    lockedKey: bytesOf(locked, "encryptedKeyValue", 32),
  };
}

function mustBeOurs(tag: string): void {
  const isOurs =
    attribute(tag, "keyBits") === "256" &&
    attribute(tag, "cipherChaining") === "ChainingModeCBC" &&
    attribute(tag, "hashAlgorithm") === "SHA512";
  if (!isOurs) throw damaged("it is encrypted in another way than AES-256 with SHA-512");
}

function tagOf(xml: string, name: string): string {
  const start = xml.indexOf(`<${name} `);
  const end = xml.indexOf("/>", start);
  if (start < 0 || end < 0) throw damaged("what says how it is encrypted is not whole");
  return xml.slice(start, end);
}

function attribute(tag: string, name: string): string {
  return new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
}

function bytesOf(tag: string, name: string, length: number): Uint8Array {
  const bytes = Buffer.from(attribute(tag, name), "base64");
  if (bytes.length !== length) throw damaged("what says how it is encrypted is not whole");
  return bytes;
}

async function unlock(info: ReadInfo, password: string): Promise<Uint8Array> {
  const keys = await spinPassword(password, info.passwordSalt, info.spinCount);
  const open = (purpose: Uint8Array, sealed: Uint8Array) => decrypt(keys(purpose), info.passwordSalt, sealed);
  const input = open(PURPOSE.verifierInput, info.verifierInput);
  if (digest(input).equals(open(PURPOSE.verifierHash, info.verifierHash)))
    return open(PURPOSE.key, info.lockedKey);
  throw new GarimError("ERR_GARIM_WORKBOOK_PASSWORD", "The workbook does not open with this password.");
}

function checkIntegrity(key: PackageKey, info: ReadInfo, sealed: Buffer): void {
  const vectors = integrityVectors(key);
  const hmacKey = decrypt(key.key, vectors.key, info.hmacKey);
  const value = decrypt(key.key, vectors.value, info.hmacValue).subarray(0, HASH_BYTES);
  if (!createHmac(HASH, hmacKey).update(sealed).digest().equals(value))
    throw damaged("it was changed after it was sealed");
}

function decryptPackage(key: PackageKey, sealed: Buffer): Buffer {
  const length = Number(sealed.readBigUInt64LE());
  const clear = Buffer.allocUnsafe(sealed.length - 8);
  for (let i = 0; 8 + i * SEGMENT < sealed.length; i++) {
    const segment = sealed.subarray(8 + i * SEGMENT, 8 + (i + 1) * SEGMENT);
    clear.set(decrypt(key.key, segmentVector(key, i), segment), i * SEGMENT);
  }
  return clear.subarray(0, length);
}
