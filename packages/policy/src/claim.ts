import { type Disclosure, mask, reveal } from "./decision.ts";
import type { DisclosureFacts } from "./disclosure-facts.ts";
import type { ClaimFacts } from "./line.ts";
import { DAY, isMoment } from "./moment.ts";
import { type KindSet, kindSet, NO_KINDS, readKinds } from "./pii-kind.ts";
import type { Policy } from "./policy.ts";
import { isFresh } from "./step-up.ts";

/**
 * Decides what open claims add on a line whose purpose has ended.
 *
 * @returns reveal with what they need and the actor may see, until the first of them ends; a mask where only a fresh second
 *   factor is missing; `undefined` where they add nothing
 * @source ecommerce/17-3
 */
export function decideClaim(
  claims: readonly ClaimFacts[],
  facts: DisclosureFacts,
  now: number,
  policy: Policy,
): Disclosure | undefined {
  const open = Array.isArray(claims) ? claims.filter((claim) => isOpen(claim, now, policy)) : [];
  const asked = open.reduce((set, claim) => set | kindsOfClaim(claim, policy), NO_KINDS);
  const needed = asked & readKinds(facts.allowed);
  if (needed === NO_KINDS) return undefined;
  // A tool proves itself on every request; a person's second factor must be as fresh as for a download.
  if (facts.surface !== "tool" && !isFresh(facts.secondFactorAt, now, policy.downloadFreshMinutes))
    return mask("claim-second-factor", policy.edition);
  const until = Math.min(...open.map((claim) => claimEnd(claim, policy)));
  return reveal(needed, { reason: "claim-open", restReason: "purpose-ended", until }, policy.edition);
}

/** Opened by who may, and neither closed nor expired; at its very end it is over. */
function isOpen(claim: ClaimFacts, now: number, policy: Policy): boolean {
  if (typeof claim !== "object" || claim === null || !isMoment(claim.openedAt)) return false;
  const isOpener = claim.openedBy === "buyer" || claim.openedBy === "operator";
  return isOpener && now >= claim.openedAt && now < claimEnd(claim, policy);
}

function claimEnd({ openedAt, closedAt }: ClaimFacts, policy: Policy): number {
  const expires = openedAt + policy.claimDays * DAY;
  if (closedAt === null) return expires;
  return isMoment(closedAt) ? Math.min(closedAt, expires) : Number.NaN;
}

function kindsOfClaim({ type }: ClaimFacts, { edition }: Policy): KindSet {
  return typeof type === "string" && Object.hasOwn(edition.claimKinds, type)
    ? kindSet(edition.claimKinds[type])
    : NO_KINDS;
}
