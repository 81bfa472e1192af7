import type { AuditorDesk, FoundScope, PseudonymKeys } from "@garim/audit";
import type { BreachStep, Refuse } from "@garim/policy";
import type { Keeper } from "../on-record.ts";
import type { FiledLeak, LeakChange, LeakInput, LeakSaid, LeakStatus, OwnLeak, PostedLeak } from "./leak.ts";
import type { Sent } from "./leak-host.ts";

/** With what the log is asked whom a leak concerns. */
export interface LeakAsker {
  /** Of somebody who may see the whole log. */
  readonly desk: AuditorDesk;
  readonly keys: PseudonymKeys;
  /** The scope that was found a moment ago; else the log is asked again what it was asked as the leak was opened. */
  readonly found?: FoundScope;
  /** Neither reads nor hands on anything more once it is aborted, and throws its reason; it may run again. */
  readonly signal?: AbortSignal;
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
  /**
   * Opens one by what the log shows of it: the question with its record and hash, how many it concerns, when, and which kinds of fields.
   * Where not everybody could be counted, nobody knows how many.
   */
  openFound(found: FoundScope, said: LeakSaid, keeper: Keeper): Promise<FiledLeak>;
  /**
   * Puts those whom the log shows a leak to concern on the host's list: each of its candidates is compared, and each one found is on
   * record (`resolve-subject`) first. May run again; what the log shows then is kept with the leak.
   *
   * @throws GarimError as `findBreachScope` and `listContacts` of `@garim/audit` do; `ERR_GARIM_OPTION_INVALID` where the leak has no
   *   scope, or the host no `candidates` and `keep`
   */
  gather(id: string, asker: LeakAsker, keeper: Keeper): Promise<FiledLeak | null>;
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
