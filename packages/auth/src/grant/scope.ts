import {
  decideGrant,
  GRANT_STATES,
  type GrantFacts,
  NO_KINDS,
  type Policy,
  type Refuse,
  refuse,
} from "@garim/policy";
import { isIdentifier } from "../token/identifier.ts";
import type { GrantRequest, Narrowing, StoredGrant } from "./grant.ts";

/** Joins a grant with the two contracts it stands on, as `decideGrant` judges them. */
function factsOf(request: GrantRequest, now: number): GrantFacts {
  const { toolId, sellerId, kinds, purposes, states, endsAt, contract, agreement } = request;
  const moments = { grantedAt: now, endsAt, revokedAt: null };
  return { toolId, sellerId, kinds, purposes, states, ...moments, contract, agreement };
}

/**
 * Judges what a seller would consent to, by the very rule that judges each request later.
 *
 * @returns when the grant would end, UTC milliseconds; or why it cannot be
 */
export function judgeRequest(request: GrantRequest, now: number, policy: Policy): number | Refuse {
  const { toolId, sellerId, kinds, purposes, states, by } = request;
  if (by.kind !== "staff" || by.sellerId !== sellerId) return refuse("grant-other-seller", policy.edition);
  const [purpose] = purposes;
  if (purpose === undefined || !purposes.every(isIdentifier)) return refuse("grant-purpose", policy.edition);
  if (states.length === 0 || !states.every((state) => GRANT_STATES.includes(state)))
    return refuse("grant-lacks-state", policy.edition);
  const decision = decideGrant(factsOf(request, now), { toolId, sellerId, purpose, kinds }, now, policy);
  return decision.kind === "granted" ? decision.until : decision;
}

/** What a grant is once something was taken away: only what both have. */
export function narrowed(grant: StoredGrant, by: Narrowing, now: number): StoredGrant {
  const next = {
    ...grant,
    changedAt: now,
    kinds: grant.kinds & (by.kinds ?? grant.kinds),
    purposes: grant.purposes.filter((one) => by.purposes?.includes(one) ?? true),
    states: grant.states.filter((one) => by.states?.includes(one) ?? true),
    endsAt: Math.min(grant.endsAt, readEnd(by.endsAt ?? grant.endsAt, now)),
  };
  const isEmpty = next.kinds === NO_KINDS || next.purposes.length === 0 || next.states.length === 0;
  return isEmpty ? { ...next, revokedAt: now } : next;
}

/** An end that cannot be read is now. */
function readEnd(end: number, now: number): number {
  return Number.isSafeInteger(end) ? end : now;
}

/** Whether a grant stands, whatever its contracts say. */
export function isStanding(grant: StoredGrant, now: number): boolean {
  return grant.revokedAt === null && now < grant.endsAt;
}
