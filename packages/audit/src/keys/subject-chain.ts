import { hkdfSync } from "node:crypto";
import { type Month, monthAfter } from "./month.ts";

const KEY_BYTES = 32;
const NO_SALT = new Uint8Array();

/** The key a chain stands at: it leads to the keys of this month and of every later one, and back to none. */
export interface ChainLink {
  readonly month: Month;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** The link of the month that follows: HKDF-SHA-256 of this one's key, info `garim/subject-chain/v1`. Nothing leads back. */
export function nextLink({ month, key }: ChainLink): ChainLink {
  return { month: monthAfter(month), key: derive(key, "garim/subject-chain/v1") };
}

/** The link of a month that is this one's or later. */
export function linkOf(link: ChainLink, month: Month): ChainLink {
  let at = link;
  while (at.month < month) at = nextLink(at);
  return at;
}

/** The key of a link's month: HKDF-SHA-256 of the link's key, info `garim/subject-key/v1`, NUL, month. It leads to no other. */
export function monthKey({ month, key }: ChainLink): Uint8Array {
  return derive(key, `garim/subject-key/v1\0${month}`);
}

function derive(key: Uint8Array, info: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", key, NO_SALT, info, KEY_BYTES));
}
