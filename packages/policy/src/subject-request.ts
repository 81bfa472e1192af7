import { ALLOW, type Allow, type Duty, owe } from "./decision.ts";
import { DAY, isMoment } from "./moment.ts";
import type { Policy } from "./policy.ts";
import type { Reason } from "./reason.ts";
import type { Words } from "./words.ts";

/** What a buyer may ask about the own data: to see it, to have it corrected or deleted, to have its use stopped. */
export const REQUEST_KINDS = ["access", "correction", "deletion", "suspension"] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

export const REQUEST_WORDS: Readonly<Record<RequestKind, Words>> = Object.freeze({
  access: { ko: "열람", en: "access" },
  correction: { ko: "정정", en: "correction" },
  deletion: { ko: "삭제", en: "deletion" },
  suspension: { ko: "처리정지", en: "suspension" },
});

/** A buyer's request (열람등요구). Moments are UTC milliseconds. */
export interface RequestFacts {
  readonly kind: RequestKind;
  readonly askedAt: number;
  /** `null` while nobody has answered. */
  readonly answeredAt: number | null;
}

const REASON_OF: Readonly<Record<RequestKind, Reason>> = {
  access: "request-access",
  correction: "request-change",
  deletion: "request-change",
  suspension: "request-suspension",
};

/**
 * Says by when a buyer's request is to be answered. Days of 24 hours from the request: never later than the law's, which leaves the first day out.
 *
 * @param now - UTC milliseconds
 * @returns allow once it is answered
 * @source pipa/35, pipa/36, pipa/37
 */
export function decideRequest(facts: RequestFacts, now: number, policy: Policy): Allow | Duty {
  if (isMoment(facts.answeredAt)) return ALLOW;
  const dueAt = isMoment(facts.askedAt) ? facts.askedAt + policy.requestDays * DAY : Number.NaN;
  return owe(REASON_OF[facts.kind], dueAt, now, policy.edition);
}
