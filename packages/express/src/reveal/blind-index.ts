import { createHmac } from "node:crypto";
import type { SecretKeys } from "@garim/auth";

/**
 * What an exact search compares: the same text however it is written. Width, case, blanks and hyphens say nothing, and a number of Korea is
 * the same with its country code.
 */
export function foldValue(text: string): string {
  const plain = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\-()]/g, "");
  return plain.replace(/^(?:\+|00)82(?=\d{8,11}$)0?/, "0");
}

/** Makes the values of a host's blind index, so that a column it keeps encrypted can be asked for by an exact match. */
export type BlindIndex = (field: string, value: string) => readonly string[];

/**
 * Makes blind indexes under the deployment's secret keys: a keyed hash of field and value, for a column of the host's own beside the one it
 * encrypts. Who has the database alone can neither read nor try values.
 *
 * @returns the value under each key, the newest first: store that one, and ask for any of them
 */
export function createBlindIndex(keys: SecretKeys): BlindIndex {
  return (field, value) =>
    keys.all().map(({ id, key }) => {
      const hash = createHmac("sha256", key).update(`garim/blind-index/v1\0${field}\0${foldValue(value)}`);
      return `${id}:${hash.digest("hex").slice(0, 32)}`;
    });
}
