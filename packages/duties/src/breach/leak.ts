import type { BreachDuty, BreachFacts, BreachStep, LeakKind, NoticeContent, Refuse } from "@garim/policy";
import type { Keeper } from "../on-record.ts";

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

/** Somebody to be told. Which channel, and the address, are the host's. */
export interface LeakRecipient {
  /** The buyer's id, or another name of the host's for a recipient: no address. */
  readonly id: string;
  /** How they are reached: `email`, `sms`; `null` where nobody knows. */
  readonly channel: string | null;
}

export interface RecipientsAsked {
  readonly leakId: string;
  /** The `next` of the page before; `null` for the first. */
  readonly after: string | null;
  readonly limit: number;
}

/** The host's own list of those concerned, and its channels. */
export interface LeakHost {
  /** Those whom a leak concerns, recipients too: `listContacts` of `@garim/audit` finds them. */
  recipients(asked: RecipientsAsked): RecipientsPage | Promise<RecipientsPage>;
  /** Tells one of them. What it rejects counts as failed, and is tried again the next time. */
  send(recipient: LeakRecipient, notice: LeakNotice, leakId: string): unknown;
}

export interface RecipientsPage {
  readonly recipients: readonly LeakRecipient[];
  readonly next: string | null;
}

/** What one page of sending came to. */
export interface Sent extends Sendings {
  /** Give it back as `after` to go on; `null` when all were tried. */
  readonly next: string | null;
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

/**
 * The breach desk: from a leak to its notices, with the clocks of the law.
 *
 * Every change is on record, what is sent and posted before it is. `null` where there is no such leak.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`; `ERR_GARIM_OPTION_INVALID` names the member and what it takes, also where the host
 *   named no `leaks`, or a text plays the leak down (유출, never 노출)
 * @source pipa/34-1, pipa/34-2, pipa-decree/39, pipa-decree/40, network-act/intrusion, garim/wording
 */
export interface Leaks {
  /** Newest first. */
  list(now: number): readonly LeakStatus[];
  find(id: string, now: number): LeakStatus | null;
  open(given: LeakInput, keeper: Keeper): Promise<FiledLeak>;
  change(id: string, change: LeakChange, keeper: Keeper): Promise<FiledLeak | null>;
  /** Says that a step was done, which stops its clock. The first time counts. `at` is now if left out, and not in the future. */
  finish(id: string, step: BreachStep, at: number | undefined, keeper: Keeper): Promise<FiledLeak | null>;
  /** Ticks one of `LEAK_CHECKS` of its kind. */
  check(id: string, check: string, note: string, keeper: Keeper): Promise<FiledLeak | null>;
  /** Writes the next notice of what is known by now: partial while anything of the seven is missing. */
  write(id: string, company: string, keeper: Keeper): Promise<FiledLeak | null>;
  /** Sends a notice to one page of the host's recipients; whoever was told by it is not told again. */
  send(
    id: string,
    no: number,
    page: { readonly after?: string; readonly limit?: number },
    keeper: Keeper,
  ): Promise<Sent | null>;
  /** Posts a notice, in place of the one before: it must stay `policy.postDays` days from the first posting on. It ends the clock of `post`. */
  post(id: string, no: number, keeper: Keeper): Promise<FiledLeak | null>;
  /** Takes it down, once its time is over. */
  takeDown(id: string, keeper: Keeper): Promise<FiledLeak | Refuse | null>;
  /** Ends the work on a leak: refused while a step or a check is left, or a notice is partial. */
  close(id: string, note: string, keeper: Keeper): Promise<FiledLeak | Refuse | null>;
  /** What stands on the site now. */
  posted(): readonly PostedLeak[];
  /** Whether a buyer's own data was among what is posted, by the lists that notices were sent along. One question, whatever the answer. */
  ofBuyer(buyerId: string): Promise<readonly OwnLeak[]>;
}
