/** The kinds of personal data a field may hold. The order fixes each kind's bit in a {@link KindSet}: append only. */
export const PII_KINDS = [
  "name",
  "phone",
  "email",
  "userId",
  "birth",
  "rrn",
  "passport",
  "card",
  "account",
  "ip",
  "customsCode",
  "postcode",
  "address",
  "memo",
  "company",
] as const;

export type PiiKind = (typeof PII_KINDS)[number];

/** A set of kinds as bits: kind number `i` of {@link PII_KINDS} is bit `1 << i`. Small enough to stand in a record. */
export type KindSet = number;

export const NO_KINDS: KindSet = 0;
export const ALL_KINDS: KindSet = (1 << PII_KINDS.length) - 1;

const BIT: Readonly<Record<PiiKind, number>> = Object.freeze(
  Object.fromEntries(PII_KINDS.map((kind, i) => [kind, 1 << i])) as Record<PiiKind, number>,
);

/** The set of the given kinds. */
export function kindSet(kinds: readonly PiiKind[]): KindSet {
  return kinds.reduce((set, kind) => set | BIT[kind], NO_KINDS);
}

/** The kinds of a set, in the order of {@link PII_KINDS}. */
export function kindsOf(set: KindSet): readonly PiiKind[] {
  return PII_KINDS.filter((kind) => hasKind(set, kind));
}

export function hasKind(set: KindSet, kind: PiiKind): boolean {
  return (set & BIT[kind]) !== 0;
}

export function isPiiKind(value: unknown): value is PiiKind {
  return typeof value === "string" && Object.hasOwn(BIT, value);
}

/** Reads a set that came from elsewhere: what is none, `-1` included, holds nothing. */
export function readKinds(value: unknown): KindSet {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= ALL_KINDS
    ? value
    : NO_KINDS;
}
