import type { AccessLog } from "@garim/audit";
import type { Policy, SourceId, Words } from "@garim/policy";
import type { DutyClock } from "../clock/create-clock.ts";
import type { Education } from "../education/course.ts";
import type { Flows } from "../flows/flow.ts";
import type { Keeper } from "../on-record.ts";
import type { PrivacyPolicies } from "../privacy/privacy.ts";
import type { Requests } from "../requests/request.ts";
import type { DataRetention } from "../retention/destruction.ts";
import type { Schedules } from "../retention/schedule.ts";

/** `open` where nobody knows: a person is to answer. */
export type SelfCheckState = "yes" | "no" | "open";

/** What a person says to a question. */
export interface SelfCheckAnswer {
  /** Of one seller; `null` for the marketplace. */
  readonly sellerId: string | null;
  /** The question's id. */
  readonly question: string;
  readonly answer: "yes" | "no";
  /** What shows it, or what is missing; 1 to 1,000 characters in one line, no personal data. */
  readonly note: string;
}

/** As it is on file. */
export interface FiledAnswer extends SelfCheckAnswer {
  /** UTC milliseconds. */
  readonly answeredAt: number;
  readonly answeredBy: string;
}

/** One question with what is known of it. */
export interface SelfCheckEntry {
  readonly id: string;
  readonly question: Words;
  readonly sources: readonly SourceId[];
  readonly state: SelfCheckState;
  /** Whether configuration, registers or log say so; a person otherwise. */
  readonly isKnown: boolean;
  /** What says so; `null` where nobody knows. */
  readonly because: Words | null;
  /** What to do next; `null` where nothing is. */
  readonly next: Words | null;
  /** Of a person's answer; `null` where there is none. A year old, it is asked again. */
  readonly answeredAt: number | null;
  readonly answeredBy: string | null;
}

/** What somebody asks who wants to know how the measures stand. */
export interface SelfCheckReport {
  readonly sellerId: string | null;
  /** UTC milliseconds. */
  readonly madeAt: number;
  readonly edition: string;
  readonly counts: Readonly<Record<SelfCheckState, number>>;
  readonly entries: readonly SelfCheckEntry[];
}

/** What the host has switched on; `null` where nobody can tell from here. */
export interface SelfCheckSwitches {
  /** Every guarded route is enforced: none is only observed (`dangerouslyObserve`). */
  readonly enforced: boolean | null;
  /** Who helps themselves is noticed: the option `watch`. */
  readonly watch: boolean | null;
  /** The log is sealed and copied elsewhere: the option `checkpoints`. */
  readonly checkpoints: boolean | null;
  /** Lists of addresses are asked for: the option `allowList`. */
  readonly allowList: boolean | null;
}

/** Everything that answers by itself. Moments are UTC milliseconds. */
export interface SelfCheckFacts {
  readonly sellerId: string | null;
  readonly now: number;
  readonly policy: Policy;
  readonly isOn: SelfCheckSwitches;
  readonly flows: { readonly filed: number; readonly incomplete: number };
  readonly education: { readonly people: number; readonly overdue: number; readonly courses: number };
  /** Whether the seller's policy is published; `null` for the marketplace. */
  readonly isPolicyPublished: boolean | null;
  readonly requestsOverdue: number;
  /**
   * What the schedules say of records that another law keeps; `null` where the host names no records or no schedule is on file, and for a
   * seller, whose own records nobody here knows.
   */
  readonly kept: { readonly schedules: number; readonly overdue: number } | null;
  /** When a review was signed last; `null` for never. */
  readonly reviewedAt: number | null;
  /** Since when there is a log to review; `null` while there is none. */
  readonly loggedSince: number | null;
  /** People of the seller with a role that could go; `null` for the marketplace. */
  readonly spareRoles: number | null;
  /** Accounts with signs of shared use within `policy.dormantDays`, and when the last was. */
  readonly shared: { readonly people: number; readonly lastAt: number | null };
  /** Files that were fetched, whose time is over, and of which nobody said that they are destroyed. */
  readonly undestroyed: number;
  /** What is outsourced, how much of it without a word on supervision, and orders that tools should have destroyed by now. */
  readonly outsourced: { readonly filed: number; readonly unsupervised: number; readonly late: number };
}

/** What the facts are gathered from. */
export interface SelfCheckParts {
  readonly flows: Flows;
  readonly education: Education;
  readonly policies: PrivacyPolicies;
  readonly requests: Requests;
  readonly schedules: Schedules;
  readonly retention: DataRetention;
  /** Knows what tools should have destroyed by now. */
  readonly clock: Pick<DutyClock, "waiting">;
  readonly log: Pick<AccessLog, "find" | "append">;
  readonly policy: Policy;
  readonly isOn: SelfCheckSwitches;
  /** Has this node's copies confirmed, before each part that reads them: gathering takes longer than a copy is good for. */
  ready?(): Promise<void>;
}

/**
 * Answers of people to questions that no configuration and no log can answer.
 *
 * @throws GarimError `ERR_GARIM_OPTION_INVALID` for a question there is not, one that answers itself, and half-filled answers;
 *   `ERR_GARIM_STATE_UNAVAILABLE`; whatever the log's `append` throws, and then nothing is on file
 */
export interface SelfCheck {
  /** Puts an answer on file in place of the one before; on record first. */
  answer(given: SelfCheckAnswer, keeper: Keeper): Promise<FiledAnswer>;
  /** Those of a seller, or of the marketplace. */
  answers(sellerId: string | null): readonly FiledAnswer[];
}
