import { createHash } from "node:crypto";
import { decodeBase64, encodeBase64 } from "./base64.ts";

/** The signature type of plain Ed25519; Garim neither signs nor reads another. */
const ED25519 = 0x01;

/** The three parts of a key's text form: `name+keyId+base64(0x01 || key)`. */
export interface KeyText {
  readonly name: string;
  /** 8 lower-case hex digits. */
  readonly keyId: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/**
 * Tells whether a key may have that name: not empty, no Unicode space, no plus sign, nothing that a note may not hold.
 *
 * @source C2SP signed-note, Format
 */
export function isKeyName(name: string): boolean {
  return /^[^\p{White_Space}\p{Surrogate}+]+$/u.test(name) && !hasControl(Buffer.from(name));
}

/** Tells whether UTF-8 holds an ASCII control character, other than the allowed one. */
export function hasControl(utf8: Uint8Array, allowed?: number): boolean {
  return utf8.some((byte) => byte < 0x20 && byte !== allowed);
}

/**
 * Tells two keys of one name apart. It is short, so it names a key and proves nothing.
 *
 * @returns 8 lower-case hex digits
 * @source C2SP signed-note, Ed25519 signatures: SHA-256(name || 0x0A || 0x01 || public key)[:4]
 */
export function keyIdOf(name: string, publicKey: Uint8Array): string {
  const hash = createHash("sha256").update(`${name}\n`).update(Uint8Array.of(ED25519)).update(publicKey);
  return hash.digest("hex").slice(0, 8);
}

/** 33 bytes are 44 digits of base64, none of them padding. */
const KEY_TEXT = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/;

/** @returns `undefined` where the text has not the form, or is of another signature type */
export function parseKeyText(text: string): KeyText | undefined {
  const [, name = "", keyId = "", base64 = ""] = KEY_TEXT.exec(text) ?? [];
  const bytes = decodeBase64(base64);
  return isKeyName(name) && bytes?.[0] === ED25519 ? { name, keyId, key: bytes.slice(1) } : undefined;
}

export function formatKeyText({ name, keyId, key }: KeyText): string {
  return `${name}+${keyId}+${encodeBase64(Uint8Array.of(ED25519, ...key))}`;
}
