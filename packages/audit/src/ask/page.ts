import type { LogEntry } from "../access.ts";
import { describeUnknown, queryInvalid } from "./filter.ts";

/** Which part of an answer is wanted. */
export interface PageRequest {
  /** Only records before this place, exclusive: the `next` of the page before. */
  readonly before?: number;
  /** 1 to 1,000, both inclusive; 50 unless given. */
  readonly limit?: number;
}

/** A record that is there but cannot be read, or whose columns say other than its bytes. */
export interface DamagedRecord {
  readonly seq: number;
  /** In words by `DAMAGE_WORDS`. */
  readonly kind: "changed" | "column" | "unreadable";
  /** The column that says other than its bytes. */
  readonly column?: string;
  /** In English, without personal data. */
  readonly why: string;
}

/** Records, newest first. */
export interface Page {
  readonly entries: readonly LogEntry[];
  /** Records of this page that cannot be read: somebody or something changed them. Say it loudly. */
  readonly damaged: readonly DamagedRecord[];
  /** What to give as `before` for the page that follows; `null` on the last one. */
  readonly next: number | null;
}

/** What of a page is wanted, with everything said. */
export type ReadPageRequest = Required<PageRequest>;

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 1_000;
const NEWEST = Number.MAX_SAFE_INTEGER;
const NAMES: readonly string[] = ["before", "limit"];

/** @throws GarimError `ERR_GARIM_QUERY_INVALID`, naming what is wrong and what to write */
export function readPageRequest(page: PageRequest = {}): ReadPageRequest {
  const unknown = Object.keys(page).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) throw queryInvalid(describeUnknown("page", unknown, NAMES));
  const { before = NEWEST, limit = DEFAULT_LIMIT } = page;
  if (!isWhole(limit, MAX_LIMIT))
    throw queryInvalid(
      `A page's limit must be a whole number from 1 to ${MAX_LIMIT}; write { limit: ${DEFAULT_LIMIT} }`,
    );
  if (!isWhole(before, NEWEST))
    throw queryInvalid(
      "A page's before must be the next of the page before it; leave it out for the first page",
    );
  return { before, limit };
}

function isWhole(value: unknown, most: number): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= most;
}
