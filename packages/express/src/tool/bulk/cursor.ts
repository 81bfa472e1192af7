import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { SecretKeys } from "@garim/auth";

/** Where a reading goes on. Only the tool it was given to can use it, at the same route; nobody can read what is in it. */
export interface Cursors {
  /** @param key - of the last record that was read, as the host names it */
  write(key: string, owner: CursorOwner): string;
  /** @returns the key; `undefined` for what is no cursor of this owner */
  read(cursor: string, owner: CursorOwner): string | undefined;
}

export interface CursorOwner {
  readonly toolId: string;
  readonly route: string;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;
const LONGEST = 1_024;

/**
 * Makes the cursors of a deployment, alike on all nodes. A cursor is no right: what is read with it is judged as anything else. It is
 * encrypted because the last record may be one the tool gets nothing of, the key of which is its number.
 */
export function createCursors(keys: SecretKeys): Cursors {
  return {
    write(key, owner) {
      const [newest] = keys.all();
      if (newest === undefined) throw new Error("no key");
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv("aes-256-gcm", newest.key, iv).setAAD(nameOf(owner));
      const text = Buffer.concat([cipher.update(key, "utf8"), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), text]).toString("base64url");
    },
    read(cursor, owner) {
      if (cursor.length > LONGEST) return undefined;
      const bytes = Buffer.from(cursor, "base64url");
      // One cursor, one text: Node skips the bits of a last letter that no byte has.
      if (bytes.toString("base64url") !== cursor) return undefined;
      for (const { key } of keys.all()) {
        const text = open(bytes, key, owner);
        if (text !== undefined) return text;
      }
      return undefined;
    },
  };
}

function open(bytes: Buffer, key: Uint8Array, owner: CursorOwner): string | undefined {
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(nameOf(owner))
      .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const text = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}

function nameOf({ toolId, route }: CursorOwner): Buffer {
  return Buffer.from(JSON.stringify(["garim-cursor", toolId, route]));
}
