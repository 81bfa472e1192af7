import type { Refuse, RequestKind } from "@garim/policy";
import type { Keeper } from "../on-record.ts";
import type { KeyPage, PageAsked } from "../paging/page-by-key.ts";

/** How a request was answered. */
export const REQUEST_OUTCOMES = ["done", "partly", "refused"] as const;
export type RequestOutcome = (typeof REQUEST_OUTCOMES)[number];

/** What a buyer asks about the own data (열람등요구). */
export interface RequestInput {
  /** Whom the host logged in: nobody asks for another. */
  readonly buyerId: string;
  /** The seller it is about; `null` for the marketplace itself. */
  readonly sellerId: string | null;
  readonly kind: RequestKind;
  /** In the buyer's own words, 1 to 4,000 characters. It may hold personal data, and stands in no record of the log. */
  readonly text: string;
}

/** What everybody who keeps requests sees of one. Moments are UTC milliseconds. */
export interface RequestStatus {
  readonly id: string;
  readonly sellerId: string | null;
  readonly kind: RequestKind;
  readonly askedAt: number;
  /** The last millisecond in time. */
  readonly dueAt: number;
  /** Not answered in time: also where it was answered later. */
  readonly isOverdue: boolean;
  readonly outcome: RequestOutcome | null;
  readonly answeredAt: number | null;
  /** Who answered. */
  readonly answeredBy: string | null;
}

/** The request with its texts: what was asked by whom, and what was answered. */
export interface SubjectRequest extends RequestStatus {
  readonly buyerId: string;
  readonly text: string;
  readonly answer: string | null;
}

/** What is said to a request. */
export interface RequestAnswer {
  readonly id: string;
  readonly outcome: RequestOutcome;
  /** What was done, or why not and how to object; 1 to 4,000 characters. */
  readonly answer: string;
}

export interface RequestsAsked {
  /** Those about one seller; all if left out. */
  readonly sellerId?: string;
  /** Only those nobody has answered. */
  readonly isOpen?: boolean;
  /** The `next` of the page before. */
  readonly after?: string;
  /** 1 to 1,000; 100 if left out. */
  readonly limit?: number;
}

/** A page of requests, the oldest first: who waits longest stands above. */
export interface RequestPage {
  readonly entries: readonly RequestStatus[];
  /** Ask for the next page with it; `null` for the last. */
  readonly next: string | null;
}

/** How many there are, for a folder of evidence. */
export interface RequestCounts {
  readonly open: number;
  readonly overdue: number;
  readonly answered: number;
  /** Of those answered, how many too late. */
  readonly answeredLate: number;
}

/**
 * Buyers' requests about their own data, and what was answered. Both are on record, the buyer by pseudonym.
 *
 * @throws GarimError `ERR_GARIM_OPTION_INVALID` names the member and what it takes; `ERR_GARIM_STATE_UNAVAILABLE`; whatever the log's
 *   `append` throws, and then nothing was done
 * @source pipa/35, pipa/36, pipa/37
 */
export interface Requests {
  /** Takes a request. Refused where the buyer has ten that wait for an answer. @param keeper - through what it came */
  open(input: RequestInput, keeper: Keeper): Promise<SubjectRequest>;
  /** The one of an id, with its texts. Whom it is shown to is on record first (`view`). `null` where there is none. */
  view(id: string, keeper: Keeper): Promise<SubjectRequest | Refuse | null>;
  /** Answers, once. `null` where there is none that waits; refused to staff of another seller. */
  answer(answer: RequestAnswer, keeper: Keeper): Promise<SubjectRequest | Refuse | null>;
  list(asked: RequestsAsked, now: number): Promise<RequestPage>;
  /** A buyer's own, the newest first. */
  ofBuyer(buyerId: string, now: number, asked?: PageAsked): Promise<KeyPage<SubjectRequest>>;
  count(now: number): Promise<RequestCounts>;
}
