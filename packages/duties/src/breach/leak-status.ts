import { LEAK_CHECKS, listBreachDuties, listMissingContents, type Policy } from "@garim/policy";
import type { FiledLeak, LeakStatus, PostedLeak } from "./leak.ts";

/** A leak with its clocks, and what of its check list is left. @param now - UTC milliseconds */
export function statusOf(leak: FiledLeak, now: number, policy: Policy): LeakStatus {
  const { knownAt, facts, steps, kind, checks } = leak;
  const doneAt = Object.fromEntries(Object.entries(steps).map(([step, { at }]) => [step, at]));
  const duties = listBreachDuties({ ...facts, knownAt, doneAt }, now, policy);
  const unchecked = LEAK_CHECKS[kind].map(({ id }) => id).filter((id) => checks[id] === undefined);
  return { ...leak, duties, unchecked };
}

/** Whether everything about it is done: steps, checks, all contents, and a notice that says them all. */
export function isFinished(leak: FiledLeak, now: number, policy: Policy): boolean {
  const { duties, unchecked } = statusOf(leak, now, policy);
  const last = leak.notices.at(-1);
  return (
    duties.every(({ doneAt }) => doneAt !== null) &&
    unchecked.length === 0 &&
    listMissingContents(Object.keys(leak.contents)).length === 0 &&
    last !== undefined &&
    last.missing.length === 0
  );
}

/** Newest first. */
export function byOpening(one: FiledLeak, other: FiledLeak): number {
  return other.openedAt - one.openedAt || (one.id < other.id ? -1 : 1);
}

/** What of a leak stands on the site; `null` where nothing does. */
export function postedOf({ id, title, post, notices }: FiledLeak): PostedLeak | null {
  if (post === null || post.takenDownAt !== null) return null;
  const text = notices.find(({ no }) => no === post.notice)?.text;
  return text === undefined ? null : { id, title, postedAt: post.at, text };
}
