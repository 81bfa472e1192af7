import type { KeyListing } from "@garim/audit";

/** A key in a few words: `secrets 3f9c2a1b`. */
export function describeKey({ kind, id, months, verifierKey }: KeyListing): string {
  const more = months === null || months === undefined ? verifierKey : `from ${months[0]} on`;
  return more === undefined ? `${kind} ${id}` : `${kind} ${id} (${more})`;
}
