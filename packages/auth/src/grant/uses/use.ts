import type { KindSet } from "@garim/policy";
import type { StoredGrant } from "../grant.ts";

/** A part of a grant that its tool has not used for long, and that the seller may want to take away. */
export interface UnusedScope {
  readonly grant: StoredGrant;
  readonly kinds: KindSet;
  readonly purposes: readonly string[];
  /** Whether nothing of the grant was used: it may be revoked. */
  readonly isWhole: boolean;
}

/** What tools use of their grants, to the day. */
export interface GrantUses {
  /** Notes a use. Nobody waits for it: it is written once a minute, and the same use at most once a day. */
  note(grant: StoredGrant, kinds: KindSet, purpose: string): void;
  /**
   * What of the given grants was not used for {@link GRANT_DEFAULTS}.unusedDays. Grants that are younger, or over, are left out.
   *
   * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`
   * @source pipa/26, notice-2026-9/5-1
   */
  unused(grants: readonly StoredGrant[]): Promise<readonly UnusedScope[]>;
  /** Writes what is noted. What cannot be written is kept for the next time. */
  flush(): Promise<void>;
  /** Writes once more, and no more after that. */
  close(): Promise<void>;
}
