import { cursorInvalid, readLimit, readParts } from "../retention/paging.ts";

/** What a row of a list is known by, and what puts the rows in order: no two rows have the same. */
export type RowKey = readonly (string | number | boolean | null)[];

/** Which part of a list is wanted. */
export interface PageAsked {
  /** The `next` of the page before. */
  readonly after?: string;
  /** 1 to 1,000; 100 if left out. */
  readonly limit?: number;
}

/** A part of a list. */
export interface KeyPage<T> {
  readonly entries: readonly T[];
  /** The key of its last row, to be given back as `after`; `null` at the end. */
  readonly next: string | null;
}

/**
 * Puts rows into the order of their keys, and gives the part behind a key. A row that comes or goes meanwhile shifts no other: each one
 * that stays is in exactly one page, whatever has become of the row the page before ended with.
 *
 * @param keyOf - from the first part on: numbers by size, texts by their code units, `false` before `true`, `null` behind everything; what is
 *   to come newest first has its moment below zero
 * @throws GarimError `ERR_GARIM_OPTION_INVALID` where `after` is no key of such a list, or `limit` no number of rows
 */
export function pageByKey<T>(
  rows: readonly T[],
  keyOf: (row: T) => RowKey,
  { after, limit }: PageAsked = {},
): KeyPage<T> {
  const most = readLimit(limit);
  const keyed = rows
    .map((row) => ({ row, key: keyOf(row).map(writable) }))
    .sort((one, other) => compare(one.key, other.key));
  const from = after === undefined ? keyed : keyed.slice(placeBehind(keyed, readKey(after)));
  const page = from.slice(0, most);
  const last = page.at(-1);
  const isLast = last === undefined || from.length <= most;
  return { entries: page.map(({ row }) => row), next: isLast ? null : JSON.stringify(last.key) };
}

/** A cursor is JSON, which has no other numbers. */
function writable(part: RowKey[number]): RowKey[number] {
  return typeof part === "number" && !Number.isFinite(part) ? null : part;
}

/** The first place whose key is behind the given one. */
function placeBehind(keyed: readonly { readonly key: RowKey }[], key: RowKey): number {
  let [low, high] = [0, keyed.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(keyed[middle]?.key ?? [], key) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

function readKey(after: string): RowKey {
  const parts = readParts(after);
  if (parts.length > 0 && parts.every(isPart)) return parts;
  throw cursorInvalid();
}

function isPart(part: unknown): part is RowKey[number] {
  return part === null || ["string", "number", "boolean"].includes(typeof part);
}

function compare(one: RowKey, other: RowKey): number {
  for (const [i, part] of one.entries()) {
    const difference = comparePart(part, other[i] ?? null);
    if (difference !== 0) return difference;
  }
  return 0;
}

const RANKS = { boolean: 0, number: 1, string: 2 } as const;

function comparePart(one: RowKey[number], other: RowKey[number]): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? 1 : -1;
  const [rank, otherRank] = [
    RANKS[typeof one as keyof typeof RANKS],
    RANKS[typeof other as keyof typeof RANKS],
  ];
  if (rank !== otherRank) return rank - otherRank;
  return one < other ? -1 : 1;
}
