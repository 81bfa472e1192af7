import type { Words } from "@garim/policy";

/** What a notice is about. */
export const DUTY_NOTICE_KINDS = [
  "records",
  "confirmations",
  "request",
  "breach-step",
  "tool-destruction",
] as const;
export type DutyNoticeKind = (typeof DUTY_NOTICE_KINDS)[number];

/** `new` where nobody was told yet and there is time, `soon` where its time is nearly over. */
export type DutyState = "new" | "due" | "soon" | "overdue";

/** One thing that waits for somebody. It names nobody's personal data. */
export interface DutyNotice {
  /** What it is and how it stands, such as `leak 0b1c… report overdue`: the host is told of the same once a day, of what is `new` once. */
  readonly key: string;
  readonly kind: DutyNoticeKind;
  readonly state: DutyState;
  /** In one sentence. */
  readonly words: Words;
  /** How many of it; of many thousands, at least so many. */
  readonly count: number;
  /** The last millisecond in time, UTC milliseconds; `null` where it has none. */
  readonly dueAt: number | null;
  readonly isOverdue: boolean;
  /** The id of the leak or request, the kind of record, the tool. */
  readonly subject: string | null;
  readonly sellerId: string | null;
}

/** What the host is told. */
export interface DutyReport {
  /** UTC milliseconds. */
  readonly at: number;
  /** What is overdue first; at least one. */
  readonly notices: readonly DutyNotice[];
}
