import { BLOCK, HASH_BYTES, KEY_BYTES } from "./digest.ts";
import type { LockedKey, PackageKey } from "./package-key.ts";

/** The two values of the integrity check, encrypted. */
export interface LockedIntegrity {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/** Agile encryption: version 4.4, flag 0x40 (MS-OFFCRYPTO 2.3.4.10). */
const VERSION = Uint8Array.of(4, 0, 4, 0, 0x40, 0, 0, 0);

const NAMESPACE = "http://schemas.microsoft.com/office/2006/encryption";
const PASSWORD_NAMESPACE = "http://schemas.microsoft.com/office/2006/keyEncryptor/password";
const CIPHER =
  `blockSize="${BLOCK}" keyBits="${8 * KEY_BYTES}" hashSize="${HASH_BYTES}" ` +
  'cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"';

/** The stream `EncryptionInfo`. Its length does not depend on its values. */
export function makeEncryptionInfo(
  key: PackageKey,
  locked: LockedKey,
  integrity: LockedIntegrity,
): Uint8Array {
  const xml =
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n' +
    `<encryption xmlns="${NAMESPACE}" xmlns:p="${PASSWORD_NAMESPACE}">` +
    `<keyData saltSize="${BLOCK}" ${CIPHER} saltValue="${base64(key.salt)}"/>` +
    `<dataIntegrity encryptedHmacKey="${base64(integrity.key)}" encryptedHmacValue="${base64(integrity.value)}"/>` +
    `<keyEncryptors><keyEncryptor uri="${PASSWORD_NAMESPACE}">` +
    `<p:encryptedKey spinCount="${locked.spinCount}" saltSize="${BLOCK}" ${CIPHER} saltValue="${base64(locked.salt)}" ` +
    `encryptedVerifierHashInput="${base64(locked.verifierInput)}" ` +
    `encryptedVerifierHashValue="${base64(locked.verifierHash)}" encryptedKeyValue="${base64(locked.key)}"/>` +
    "</keyEncryptor></keyEncryptors></encryption>";
  return Buffer.concat([VERSION, Buffer.from(xml)]);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
