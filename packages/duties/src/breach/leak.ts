import type { BreachScope, CountRange, ScopeFilter } from "@garim/audit";
import type { BreachDuty, BreachFacts, BreachStep, LeakKind, NoticeContent, PiiKind } from "@garim/policy";

/** What only people know of a leak; `null` where nobody knows yet, which counts as the worse case. */
export type LeakFacts = Omit<BreachFacts, "knownAt" | "doneAt">;

/** A leak (유출) as it is put on file. Moments are UTC milliseconds. */
export interface LeakInput {
  /** In one line, without personal data. */
  readonly title: string;
  readonly kind: LeakKind;
  /** When the operator came to know of it: every clock runs from here, and it is not moved afterwards. */
  readonly knownAt: number;
  readonly facts: LeakFacts;
  /** SHA-256 of the scope that `findBreachScope` of `@garim/audit` found, as the log has it; `null` while nobody asked. */
  readonly scope: string | null;
}

/** What people say of a leak whose scope was found: how many it concerns, the log says. */
export interface LeakSaid extends Pick<LeakInput, "title" | "kind" | "knownAt"> {
  readonly facts?: Partial<Omit<LeakFacts, "subjects">>;
}

/** What the log showed of a leak, and what it was asked. Moments are UTC milliseconds. */
export interface LeakFound {
  /** The id of the record that says so. */
  readonly record: string;
  readonly filter: ScopeFilter;
  /** Data subjects of whom anything was shown, recipients counted. */
  readonly people: CountRange;
  readonly answers: number;
  readonly records: BreachScope["records"];
  /** Kinds of fields that could be clear. */
  readonly kinds: readonly PiiKind[];
  /** Names of the records' schemas. */
  readonly schemas: readonly string[];
  /** The first and the last answer; `null` where there was none. */
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  /** Whether everybody was counted. */
  readonly isWhole: boolean;
}

/** Those concerned, as they were put on the host's list. */
export interface LeakGathered {
  readonly at: number;
  readonly by: string;
  readonly handed: number;
  /** Of them, how many nobody knows how to reach. */
  readonly unreachable: number;
}

/** What may become known later. */
export interface LeakChange {
  readonly facts?: Partial<LeakFacts>;
  readonly scope?: string;
  /** Contents of the notice, by name; an empty text takes one back. */
  readonly contents?: Readonly<Partial<Record<NoticeContent, string>>>;
}

/** Something that was done, when and by whom: `auditor audrey`. */
export interface LeakDeed {
  readonly at: number;
  readonly by: string;
  readonly note: string | null;
}

/** A notice as it was written: it never changes, a later one follows it. */
export interface LeakNotice {
  /** 1, 2, … */
  readonly no: number;
  /** What it could not say yet: with anything it is a partial one, and says so. */
  readonly missing: readonly NoticeContent[];
  readonly text: string;
  readonly sha256: string;
  readonly writtenAt: number;
  readonly by: string;
  /** How many were told by it, and how many could not be; `null` while nobody sent it. */
  readonly sent: Sendings | null;
}

export interface Sendings {
  readonly told: number;
  readonly failed: number;
  /** Nobody knows how to reach them: they are told by the posted notice. */
  readonly unreachable: number;
}

/** A notice on the site. */
export interface LeakPost {
  readonly notice: number;
  readonly at: number;
  /** Until then it must stay, exclusive. */
  readonly staysUntil: number;
  readonly takenDownAt: number | null;
}

/** A leak as it is on file. */
export interface FiledLeak extends LeakInput {
  readonly id: string;
  readonly openedAt: number;
  readonly openedBy: string;
  /** `null` where no scope was found, or somebody put another one's hash on file. */
  readonly found: LeakFound | null;
  /** `null` until those concerned are on the host's list. */
  readonly gathered: LeakGathered | null;
  readonly contents: Readonly<Partial<Record<NoticeContent, string>>>;
  readonly steps: Readonly<Partial<Record<BreachStep, LeakDeed>>>;
  readonly checks: Readonly<Record<string, LeakDeed>>;
  readonly notices: readonly LeakNotice[];
  readonly post: LeakPost | null;
  readonly closed: LeakDeed | null;
}

/** With its clocks at a moment. */
export interface LeakStatus extends FiledLeak {
  readonly duties: readonly BreachDuty[];
  /** Ids of checks that nobody has ticked. */
  readonly unchecked: readonly string[];
}

/** A posted notice, as everybody may read it. */
export interface PostedLeak {
  readonly id: string;
  readonly title: string;
  readonly postedAt: number;
  readonly text: string;
}

/** What a buyer is told of a posted leak: 1 where own data was among it, 0 where not; answers are as long either way. */
export interface OwnLeak extends PostedLeak {
  readonly concerned: 0 | 1;
}
