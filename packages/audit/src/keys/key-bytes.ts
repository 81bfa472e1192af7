import { randomBytes } from "node:crypto";

const KEY_BYTES = 32;

/** Both alphabets, with or without padding: some keys were made by hand. */
const BASE64 = /^[\w+/-]{43}=?$/;

/** Tells whether a text is 32 bytes in base64. */
export function isKeyText(value: unknown): value is string {
  return typeof value === "string" && BASE64.test(value);
}

/** @param text - checked by {@link isKeyText} */
export function readKey(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "base64"));
}

export function writeKey(key: Uint8Array): string {
  return Buffer.from(key).toString("base64");
}

/** 32 random bytes in base64. */
export function freshKey(): string {
  return writeKey(randomBytes(KEY_BYTES));
}

/** An id of 8 hex digits. */
export function freshId(): string {
  return randomBytes(4).toString("hex");
}
