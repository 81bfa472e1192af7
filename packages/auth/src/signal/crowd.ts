import { SIGNAL_DEFAULTS } from "./defaults.ts";
import { countIn, isRecent, keepRecent, type Recent } from "./recent.ts";
import type { Outcome } from "./record.ts";

/**
 * Who came lately from one place: lists of distinct ones, of accounts, or of accounts and of their sellers.
 * As many as the shortest list has is how many there surely are: one person who works for twenty sellers is one.
 */
export interface Crowd {
  readonly lists: readonly Recent[];
  /** When it was last told of, UTC milliseconds. */
  readonly toldAt: number | null;
}

/** When a crowd is one. */
export interface CrowdRule {
  readonly least: number;
  readonly windowMs: number;
}

/** How big a crowd is. */
export interface CrowdSize {
  readonly size: number;
  readonly isCrowd: boolean;
}

/** A crowd's size, and whether it is to be told of now: of all nodes that count somebody in, one tells. */
export interface Counted extends CrowdSize {
  readonly isNews: boolean;
}

/** Counts somebody in, by one id a list. */
export function countCrowd(
  crowd: Crowd | undefined,
  ids: readonly string[],
  now: number,
  rule: CrowdRule,
): Outcome<Counted, Crowd> {
  const before = ids.map((_, i) => keepRecent(crowd?.lists[i] ?? [], now, rule.windowMs));
  const lists = ids.map((id, i) => countIn(before[i] ?? [], id, now));
  const sized = measure(lists, rule);
  const isNews = sized.isCrowd && !isQuiet(crowd?.toldAt ?? null, now);
  const isSame = !isNews && lists.every((list, i) => list === before[i]);
  const toldAt = isNews ? now : (crowd?.toldAt ?? null);
  return { answer: { ...sized, isNews }, record: isSame ? null : { lists, toldAt } };
}

/** How big a crowd is, whoever asks. */
export function measureCrowd(crowd: Crowd | undefined, now: number, rule: CrowdRule): CrowdSize {
  const lists = (crowd?.lists ?? []).map((list) => keepRecent(list, now, rule.windowMs));
  return measure(lists, rule);
}

function measure(lists: readonly Recent[], { least }: CrowdRule): CrowdSize {
  const size = lists.length === 0 ? 0 : Math.min(...lists.map((list) => list.length));
  return { size, isCrowd: size >= least };
}

/** Whether something was told of so lately that it is no news. A clock that went far back makes it news again. */
export function isQuiet(toldAt: number | null, now: number): boolean {
  return toldAt !== null && Math.abs(now - toldAt) < SIGNAL_DEFAULTS.quietMs;
}

export function isCrowd(value: unknown): value is Crowd {
  const { lists, toldAt } = (value ?? {}) as Partial<Crowd>;
  return Array.isArray(lists) && lists.every(isRecent) && (toldAt === null || Number.isFinite(toldAt));
}
