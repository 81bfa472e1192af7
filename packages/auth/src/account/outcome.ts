import { type Policy, type Reason, type Refuse, refuse } from "@garim/policy";
import type { NoticeKind } from "../factor/notice.ts";
import type { AccountRecord } from "./record.ts";

/** What a decision answers, the record it wants stored first (`null` leaves it), and what it then tells the host. */
export interface Outcome<T> {
  readonly answer: T;
  readonly record: AccountRecord | null;
  readonly notices: readonly NoticeKind[];
}

export function answer<T>(given: T, record: AccountRecord, ...notices: readonly NoticeKind[]): Outcome<T> {
  return { answer: given, record, notices };
}

/** Refuses and changes nothing. */
export function refused(reason: Reason, { edition }: Policy): Outcome<Refuse> {
  return leave(refuse(reason, edition));
}

/** Answers and changes nothing. */
export function leave<T>(given: T): Outcome<T> {
  return { answer: given, record: null, notices: [] };
}
