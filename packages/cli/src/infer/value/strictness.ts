import type { PiiKind } from "@garim/policy";

const BY_PROTECTION: readonly (readonly PiiKind[])[] = [
  ["memo"],
  ["account", "passport", "customsCode", "postcode"],
  ["rrn", "birth"],
  ["userId", "name"],
  ["phone"],
  ["email", "card", "address", "ip"],
  ["company"],
];

/** Of two kinds the one whose mask shows less; the first where both show alike. */
export function stricter(one: PiiKind, other: PiiKind): PiiKind {
  const rank = (kind: PiiKind): number => BY_PROTECTION.findIndex((kinds) => kinds.includes(kind));
  return rank(other) < rank(one) ? other : one;
}
