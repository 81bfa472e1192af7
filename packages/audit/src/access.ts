import type { Disclosure, KindSet, LineFacts, Reason, Subject, SubjectType, Surface } from "@garim/policy";

/**
 * Everything a record can be about. A closed catalogue: what is not in it cannot be recorded by mistake. The README's table says
 * what each is.
 */
export const ACCESS_ACTIONS = [
  "view",
  "download",
  "ask-download",
  "approve-download",
  "cancel-download",
  "fetch-download",
  "destroy-download",
  "log-in",
  "log-out",
  "session-end",
  "end-sessions",
  "enrol-factor",
  "rename-factor",
  "remove-factor",
  "make-recovery-codes",
  "send-code",
  "step-up",
  "step-up-failed",
  "account-locked",
  "view-account",
  "reset-factors",
  "unlock-account",
  "dismiss-account",
  "reinstate-account",
  "reactivate-account",
  "signal",
  "change-roles",
  "ask-elevation",
  "approve-elevation",
  "end-elevation",
  "register-tool",
  "approve-tool",
  "change-tool",
  "suspend-tool",
  "grant-tool",
  "change-grant",
  "revoke-grant",
  "issue-token",
  "revoke-token",
  "put-agreement",
  "end-agreement",
  "put-contract",
  "end-contract",
  "confirm-destruction",
  "put-flow",
  "end-flow",
  "put-course",
  "end-course",
  "complete-course",
  "publish-policy",
  "open-request",
  "answer-request",
  "answer-self-check",
  "put-schedule",
  "end-schedule",
  "hold-data",
  "release-data",
  "separate-data",
  "destroy-data",
  "confirm-data",
  "call-destruction",
  "open-breach",
  "change-breach",
  "write-notice",
  "send-notice",
  "post-notice",
  "close-breach",
  "hold-text",
  "change-policy",
  "rotate-key",
  "retire-key",
  "log-query",
  "export-log",
  "resolve-subject",
  "review",
  "hold-records",
  "release-records",
  "destroy-records",
  "refusals",
  "gap",
] as const;

/** What was done (수행업무). */
export type AccessAction = (typeof ACCESS_ACTIONS)[number];

export const ACCESS_OUTCOMES = ["disclosed", "refused", "done"] as const;

export type AccessOutcome = (typeof ACCESS_OUTCOMES)[number];

/** How a decision was put into effect, where it was not enforced: `observe`, it was made and the host's own answer left all the same. */
export const ACCESS_MODES = ["observe"] as const;

export type AccessMode = (typeof ACCESS_MODES)[number];

/** Everyone but the data subject. A tool stands with the seller it serves. */
export const ACTOR_KINDS = [
  "staff",
  "tool",
  "operator",
  "courier",
  "auditor",
  "anonymous",
  "system",
] as const;

export type ActorKind = (typeof ACTOR_KINDS)[number];

/** How many records of an answer one access holds at most, and how many lines they have between them. */
export const MAX_RECORDS = 65_536;
export const MAX_LINES = 65_536;

/** Who acted (식별자), or to whom it was done. */
export interface Actor {
  readonly kind: ActorKind;
  /** 1 to 256 characters. */
  readonly id: string;
  readonly sellerId: string | null;
}

/** Where the request came from (접속지). */
export interface Origin {
  /** An address as text; cut to 64 characters. */
  readonly ip: string;
  /** The user agent; cut to 200 characters. */
  readonly agent: string | null;
}

/** A second factor that was proved, and when (UTC milliseconds). */
export interface Factor {
  readonly method: string;
  readonly at: number;
}

/** The rules a decision was made by: `resolvePolicy({ edition, ...overrides })` brings them back. */
export interface RecordedPolicy {
  readonly edition: string;
  readonly overrides: Readonly<Record<string, number>>;
}

/** One record of an answer: whose data, on which facts, and what was decided. */
export interface RecordedDisclosure {
  /** Name of the record's schema. */
  readonly schema: string;
  /** The data subjects (처리한 정보주체); never empty. */
  readonly subjects: readonly Subject[];
  readonly lines: readonly LineFacts[];
  readonly disclosure: Disclosure;
}

/** One access (접속기록), as the caller states it. Moments are UTC milliseconds. */
export interface Access {
  /** When (접속일시). */
  readonly at: number;
  readonly actor: Actor;
  /** To whom it was done, where that is somebody else's account: whose factors an owner reset. No data subject stands here. */
  readonly target?: Actor;
  /** The public name of the session, not its secret id. */
  readonly session: string | null;
  readonly factor: Factor | null;
  readonly origin: Origin;
  readonly action: AccessAction;
  readonly outcome: AccessOutcome;
  readonly reason: Reason | null;
  /** The route's pattern (`GET /orders/:id`), never the URL that was asked for. */
  readonly route: string;
  readonly purpose: string | null;
  readonly policy: RecordedPolicy;
  /** Where the data would appear; `null` only where `records` is empty. */
  readonly surface: Surface | null;
  /** The kinds the actor's roles allow. */
  readonly allowed: KindSet;
  /** The mask profile. */
  readonly profile: string | null;
  /** At most {@link MAX_RECORDS}, with at most {@link MAX_LINES} lines between them. */
  readonly records: readonly RecordedDisclosure[];
  /** For `refusals` and `gap`: how many answers this record stands for. */
  readonly count?: number;
  /** For `refusals` and `gap`: the first of them; `at` is the last. */
  readonly since?: number;
  /** Whom an auditor asked for: on record as pseudonyms, and found by them. */
  readonly asked?: readonly Subject[];
  /** What else it was about: roles before and after, a month destroyed, a question's filter. Never personal data of a buyer. */
  readonly detail?: Detail;
  /** A file that left: a download, an export of the log. */
  readonly file?: RecordedFile;
  /** The grant a tool acted by. */
  readonly grant?: string;
  /** The id of the key that signed the tool's token. */
  readonly key?: string;
  /**
   * Left out where the decisions were enforced. With `observe` they were not: the host's own answer left as it was, everything of its
   * records clear; `outcome` says that, `records` what enforcing would have shown, `reason` why it would have refused. No evidence.
   */
  readonly mode?: AccessMode;
}

/** At most {@link MAX_DETAILS} members, names of 1 to 64 characters, texts of at most 1,000. */
export type Detail = Readonly<Record<string, string | number>>;

export const MAX_DETAILS = 32;

export interface RecordedFile {
  /** 64 lower-case hex digits: SHA-256 of the whole file as it left. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** A data subject in the log: 128 bits of a keyed hash, useless without the key `keyId`. */
export interface LoggedSubject {
  readonly type: SubjectType;
  readonly keyId: string;
  /** 32 lower-case hex digits. */
  readonly hex: string;
}

export interface LoggedDisclosure extends Omit<RecordedDisclosure, "subjects"> {
  readonly subjects: readonly LoggedSubject[];
}

/** An access as the log holds it: subjects are pseudonyms. */
export interface LoggedAccess extends Omit<Access, "records" | "asked"> {
  readonly records: readonly LoggedDisclosure[];
  readonly asked?: readonly LoggedSubject[];
}

/** A record read back. */
export interface LogEntry {
  /** Its place in the log: 1, 2, 3 … without gaps. */
  readonly seq: number;
  /** The record's own id, a UUID; says nothing about how much is recorded. */
  readonly id: string;
  /** The database's clock when it was written, UTC milliseconds. */
  readonly recordedAt: number;
  readonly access: LoggedAccess;
}

/** Proof for the caller that its record is durable. */
export interface Receipt {
  readonly seq: number;
  readonly id: string;
}
