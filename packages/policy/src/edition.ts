import type { ClaimType } from "./line.ts";
import type { PiiKind } from "./pii-kind.ts";
import type { Reason } from "./reason.ts";
import type { Basis, SourceId } from "./source.ts";
import type { Words } from "./words.ts";

/** One number of the rules: its default, how far a deployment may move it, and where it comes from. */
export interface NumberRule {
  readonly default: number;
  /** Smallest value a deployment may set, inclusive. */
  readonly least: number;
  /** Largest value a deployment may set, inclusive: beyond it would be laxer than the edition. */
  readonly most: number;
  readonly source: SourceId;
  /** Who gives the *number*; the rule itself may be law while its number is ours. */
  readonly number: Basis;
}

/** The numbers a deployment may tighten: whole ones, the unit in the name. */
export interface PolicyNumbers {
  /** Minutes without user activity after which a session ends. */
  readonly idleMinutes: number;
  /** Hours after the log-in at which a session ends whatever happens. */
  readonly absoluteHours: number;
  /** Minutes a second factor stays fresh for viewing; as long as the session at most. */
  readonly viewFreshMinutes: number;
  /** Minutes a second factor stays fresh for downloading, and for what a claim unmasks. */
  readonly downloadFreshMinutes: number;
  /** Minutes a second factor stays fresh for downloading more than `bulkRows`. */
  readonly bulkFreshMinutes: number;
  /** Rows up to which a download is an ordinary one. */
  readonly bulkRows: number;
  /** Minutes a second factor outlives a change of network. */
  readonly networkFreshMinutes: number;
  /** Minutes a second factor stays fresh for changing factors, rights and tools' grants. */
  readonly manageFreshMinutes: number;
  /** Days of 24 hours after delivery at which the purpose ends when nobody confirms. */
  readonly unconfirmedDays: number;
  /** Days of 24 hours after the end of purpose in which a download still yields (masked) rows; last millisecond included. */
  readonly downloadDays: number;
  /** Days of 24 hours a claim unmasks what it needs, unless it closes earlier. */
  readonly claimDays: number;
  /** Days of 24 hours a tool's grant lives, unless it or its contract ends earlier. */
  readonly grantDays: number;
  /** Wrong codes one challenge takes before it is void. */
  readonly triesPerChallenge: number;
  /** Wrong codes in a row an account takes before it is locked for a time; as many again lock it for longer. */
  readonly triesPerAccount: number;
  /** Wrong codes in a row, locks included, after which the factor is disabled. */
  readonly triesPerFactor: number;
  /** Minutes an account stays locked the first time. */
  readonly lockMinutes: number;
  /** Minutes to which locks grow, doubling. */
  readonly lockMostMinutes: number;
  /** Days of 24 hours without use after which an account's rights are gone. */
  readonly dormantDays: number;
  /** Years access records are kept. */
  readonly recordYears: number;
  /** Years access records are kept at least, of many data subjects, unique identifiers or sensitive data. */
  readonly raisedRecordYears: number;
  /** Data subjects from which on access records are kept for `raisedRecordYears`. */
  readonly raisedFromSubjects: number;
  /** Years the history of rights is kept. */
  readonly rightsYears: number;
  /** Calendar months from one review of access records and downloads to the next. */
  readonly reviewMonths: number;
  /** Days of 24 hours in which data is destroyed once nothing has it kept. */
  readonly destroyDays: number;
  /** Hours from knowing of a leak in which its subjects are told and it is reported. */
  readonly breachHours: number;
  /** Hours from knowing of an intrusion in which it is reported. */
  readonly intrusionHours: number;
  /** Data subjects from which on a leak is reported whatever leaked. */
  readonly reportFromSubjects: number;
  /** Rows of buyers' data one person may take out as files in a day (Korean time) before somebody else has to agree. */
  readonly staffDayRows: number;
  /** Data subjects, counted in each file, one person may take out in a day before somebody else has to agree. */
  readonly staffDaySubjects: number;
  /** As `staffDayRows`, of all staff of one seller together. */
  readonly sellerDayRows: number;
  /** As `staffDaySubjects`, of all staff of one seller together. */
  readonly sellerDaySubjects: number;
  /** Hours somebody else's consent to a large download is good for, from the moment it was asked for. */
  readonly approvalHours: number;
  /** Hours a role may be lent to somebody, from the moment somebody else agreed. */
  readonly elevationHours: number;
  /** Days of 24 hours in which a buyer's request about the own data is answered. */
  readonly requestDays: number;
  /** Minutes a finished file waits for the one time it is fetched. */
  readonly linkMinutes: number;
  /** Days of 24 hours after which a downloaded file is to be destroyed. */
  readonly fileDays: number;
  /** Days of 24 hours a notice stays on the site where contact data is missing. */
  readonly postDays: number;
  /** Calendar months a completed course is good for. */
  readonly educationMonths: number;
  /** Days of 24 hours in which a course that is asked of somebody is to be completed first. */
  readonly educationGraceDays: number;
  /** 1 where whoever has a course overdue sees no buyers' data; 0 where that is only reported. */
  readonly educationCondition: number;
  /** 1 where the staff of a seller without a published privacy policy see no buyers' data; 0 where that is only reported. */
  readonly publicationCondition: number;
  /** 1 where records of a kind without a retention schedule are shown to nobody; 0 where that is only reported. */
  readonly scheduleCondition: number;
  /** Records one person is shown in an hour from which on it is looked at, if it is unusual for that person, too. */
  readonly watchHourRecords: number;
  /** As `watchHourRecords`: data subjects a person is shown in a day (Korean time). */
  readonly watchDaySubjects: number;
  /** So many times what a person usually sees is unusual. */
  readonly watchTimes: number;
  /** Data subjects a person is shown in a night (22 to 6 o'clock, Korean time) who does not work at night. */
  readonly watchNightSubjects: number;
  /** Data subjects a person is shown on the first day in a new network, or back after `watchDormantDays`. */
  readonly watchNewSubjects: number;
  /** Days of 24 hours without use after which coming back is looked at. */
  readonly watchDormantDays: number;
  /** Accounts one key or network reads for in a day, next to nothing of each, from which on it is looked at. */
  readonly watchUsers: number;
  /** Numbers asked for one by one in a row: 20261122001, 20261122002, …. */
  readonly watchRun: number;
  /** Wrong second factors of one account in `watchFailureMinutes` from which on it is looked at. */
  readonly watchFailures: number;
  /** Nights with work that make a habit, as they fade: whoever has fewer does not work at night. */
  readonly watchNights: number;
  /** Usual days' work that a first day in a new network, or back after a pause, may be. */
  readonly watchUsualDays: number;
  /** Days of 24 hours in which somebody is new, and has no habit to be measured by. */
  readonly watchNewDays: number;
  /** How many times `watchHourRecords` and `watchDaySubjects` somebody new may be shown. */
  readonly watchNewTimes: number;
  /** Records for each account up to which a key or network of many accounts takes next to nothing of each. */
  readonly watchEachRecords: number;
  /** How far two numbers may be apart and still be one step of a walk. */
  readonly watchStep: number;
  /** Minutes between two steps of a walk after which it begins anew. */
  readonly watchPauseMinutes: number;
  /** Minutes in which failures are counted together. */
  readonly watchFailureMinutes: number;
  /** Minutes for which fewer requests are answered after a finding that throttles. */
  readonly watchThrottleMinutes: number;
  /** Seconds in which one request is answered meanwhile. */
  readonly watchPaceSeconds: number;
}

/** What a role may do. Denied unless named. */
export type RoleAction = "view" | "download" | "manageFactors" | "manageStaff" | "connectTool";

export interface RoleRule {
  readonly actions: readonly RoleAction[];
  readonly kinds: readonly PiiKind[];
}

/** Records another law has a marketplace keep after the purpose has ended. */
export const KEPT_KINDS = ["contract", "payment", "dispute", "advertising", "electronicPayment"] as const;
export type KeptKind = (typeof KEPT_KINDS)[number];

/** How long another law has a record kept: calendar months, Korean time. */
export interface KeepRule {
  readonly months: number;
  readonly source: SourceId;
}

/** A dated set of rules, as data. An edition never changes once released, so that decisions replay. */
export interface Edition {
  readonly id: string;
  readonly about: Words;
  readonly numbers: { readonly [Name in keyof PolicyNumbers]: NumberRule };
  readonly claimKinds: Readonly<Record<ClaimType, readonly PiiKind[]>>;
  readonly roles: Readonly<Record<string, RoleRule>>;
  readonly keeps: Readonly<Record<KeptKind, KeepRule>>;
  /** Sources of reasons where this edition does not follow the newest one's. */
  readonly sources: Readonly<Partial<Record<Reason, SourceId>>>;
}
