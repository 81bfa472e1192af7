import { hash, randomBytes } from "node:crypto";

const SHAPE = /^[\w-]{43}$/;
const NAME_LENGTH = 16;

/** A secret id, and the hash that is stored of it. */
export interface SessionId {
  readonly id: string;
  readonly idHash: string;
}

/** Makes the id of a session: 256 random bits in base64url, 43 characters. */
export function makeSessionId(): SessionId {
  const id = randomBytes(32).toString("base64url");
  return { id, idHash: hash("sha256", id) };
}

/**
 * The SHA-256 of a session's id in hex, which is all that is stored. An id of 256 random bits needs no slow hash.
 *
 * @returns `null` for what cannot be an id, whatever its length
 */
export function hashSessionId(id: string | null): string | null {
  return id !== null && SHAPE.test(id) ? hash("sha256", id) : null;
}

/** The name of a session in records and pages, 64 bits of the hash in hex: it opens nothing. */
export function nameSession(idHash: string): string {
  return idHash.slice(0, NAME_LENGTH);
}
