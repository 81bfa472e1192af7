import { type Policy, type Reason, type Refuse, refuse } from "@garim/policy";
import type { NoticeKind } from "../factor/notice.ts";
import type { AccountRecord } from "./record.ts";

/** What a decision answers, the record it wants stored first (`null` leaves it), and what it then tells the host. */
export interface Outcome<T> {
  readonly answer: T;
  readonly record: AccountRecord | null;
  readonly notices: readonly NoticeKind[];
  /** Whether the record is as it was, and written for the time that takes. */
  readonly isBlank?: boolean;
}

export function answer<T>(given: T, record: AccountRecord, ...notices: readonly NoticeKind[]): Outcome<T> {
  return { answer: given, record, notices };
}

/** Refuses and changes nothing. */
export function refused(reason: Reason, { edition }: Policy): Outcome<Refuse> {
  return leave(refuse(reason, edition));
}

/**
 * Refuses a try, and stores the account as it was: one that is not looked at takes as long as a wrong one. Whoever floods a locked
 * account causes one write a try and no more.
 */
export function refuseTry(given: Refuse, record: AccountRecord): Outcome<Refuse> {
  return { answer: given, record, notices: [], isBlank: true };
}

/** Answers and changes nothing. */
export function leave<T>(given: T): Outcome<T> {
  return { answer: given, record: null, notices: [] };
}
