import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

const COST = { N: 16_384, r: 8, p: 1 } as const;
const KEY_BYTES = 32;

/** Hashes a password: `scrypt$<salt>$<key>`, both base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt);
  return `scrypt$${salt.toString("base64url")}$${key.toString("base64url")}`;
}

/** Tells whether a password is the one that was hashed. A hash that cannot be read fits none. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [scheme, salt = "", stored = ""] = hash.split("$");
  const key = await derive(password, Buffer.from(salt, "base64url"));
  const expected = Buffer.from(stored, "base64url");
  return scheme === "scrypt" && expected.length === key.length && timingSafeEqual(expected, key);
}

function derive(password: string, salt: Uint8Array): Promise<Buffer> {
  const normal = password.normalize("NFKC");
  return new Promise((resolve, reject) => {
    scrypt(normal, salt, KEY_BYTES, COST, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}
