import type { ElevationFacts, Refuse } from "@garim/policy";
import type { Keeper } from "../on-record.ts";

/** What somebody of a seller asks for: more roles, for some hours. */
export interface ElevationInput {
  readonly sellerId: string;
  readonly staffId: string;
  /** Names of roles in the policy that view or download; they add to the person's own. */
  readonly roles: readonly string[];
  /** 1 to the policy's `elevationHours`, from the moment of consent. */
  readonly hours: number;
  /** What for, in one line without anybody's personal data: it stands in the record. */
  readonly why: string;
}

/** A role that is lent, was lent or is to be lent (임시 권한). Moments are UTC milliseconds. */
export interface Elevation extends ElevationInput, ElevationFacts {
  /** Its own: who agrees, agrees to this one and to no later one of the same person. */
  readonly id: string;
  readonly approvedBy: string | null;
  readonly endedBy: string | null;
}

/** `waiting` for consent, `live`, or `ended`: by itself, or by somebody. */
export type ElevationState = "waiting" | "live" | "ended";

/** One with how it stands at a moment. */
export interface ElevationStatus extends Elevation {
  readonly state: ElevationState;
  /** When it ends, or stops waiting, by itself: UTC milliseconds, exclusive. */
  readonly endsAt: number;
}

/** Which one is meant. */
export interface ElevationName {
  readonly sellerId: string;
  readonly staffId: string;
  readonly id: string;
}

/**
 * Roles lent for a time. One a person: the next takes the place of one that is over, the log keeps them all.
 *
 * What is synchronous comes from this node's copy and throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where that was not confirmed
 * within the last second. Every change is on record, and known to every node within a second; the end needs no change.
 *
 * @throws GarimError `ERR_GARIM_OPTION_INVALID` from what is asked for: names the member and what it takes; whatever the log's
 *   `append` throws. What gives more is recorded first; what ends, ends first.
 * @source garim/elevation
 */
export interface Elevations {
  /** The roles somebody has besides their own. */
  rolesOf(sellerId: string, staffId: string, now: number): readonly string[];
  /** The newest first. @param sellerId - of one seller; of all if left out */
  list(now: number, sellerId?: string): readonly ElevationStatus[];
  /** Somebody's own; `null` where there was none. */
  of(sellerId: string, staffId: string, now: number): ElevationStatus | null;
  /** Asks. Refused for a role that is not lent, and while one is live. */
  ask(input: ElevationInput, keeper: Keeper): Promise<Elevation | Refuse>;
  /**
   * Agrees: another of the seller's staff, or an operator. Whether the keeper manages staff is the caller's to ask. Refused to the
   * person, and where there is nothing that waits.
   */
  approve(name: ElevationName, keeper: Keeper): Promise<Elevation | Refuse>;
  /** Declines, withdraws or ends it now. Refused where it is over, or there is none. */
  end(name: ElevationName, keeper: Keeper): Promise<Elevation | Refuse>;
}
