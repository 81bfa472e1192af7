import { type Disclosure, mask, reveal, withhold } from "./decision.ts";
import type { ClaimFacts, LineFacts } from "./line.ts";
import { DAY, MINUTE } from "./moment.ts";
import { type KindSet, kindSet, NO_KINDS } from "./pii-kind.ts";
import type { Policy } from "./policy.ts";

/** Where the data would appear. One matrix holds for all of them. */
export type Surface = "view" | "download" | "tool";

/** What a disclosure depends on. */
export interface DisclosureFacts {
  /** The record's line; all lines of that seller where the record holds fields they share. Never empty. */
  readonly lines: readonly LineFacts[];
  readonly surface: Surface;
  /** The kinds the actor's roles, or the tool's grant, allow. */
  readonly allowed: KindSet;
  /** When the actor last proved a second factor, UTC milliseconds; `null` for never. */
  readonly secondFactorAt: number | null;
}

/**
 * Decides how much of a record may be disclosed: the matrix.
 *
 * Fields that several lines share follow the most revealing of them, which is the last open one.
 *
 * @param facts - see {@link DisclosureFacts}; facts that could not be read never reveal
 * @param now - the moment of the request, UTC milliseconds
 * @source code-2022/mask, code-2022/download, ecommerce/17-3, notice-2026-9/5-1
 */
export function decideDisclosure(facts: DisclosureFacts, now: number, policy: Policy): Disclosure {
  return (
    facts.lines
      .map((line) => decideLine(line, facts, now, policy))
      .reduce(join, undefined as Disclosure | undefined) ?? mask("facts-unreadable")
  );
}

/**
 * When the purpose of a line ends: at the earliest of what the host says and the days after delivery without confirmation.
 *
 * @returns UTC milliseconds, inclusive: at that very moment it has ended; `null` while nothing ends it; `NaN` if unreadable
 */
export function purposeEnd(line: LineFacts, policy: Policy): number | null {
  const byDelivery = line.deliveredAt === null ? null : line.deliveredAt + policy.unconfirmedDays * DAY;
  if (line.purposeEndedAt === null) return byDelivery;
  return byDelivery === null ? line.purposeEndedAt : Math.min(line.purposeEndedAt, byDelivery);
}

function decideLine(line: LineFacts, facts: DisclosureFacts, now: number, policy: Policy): Disclosure {
  const { surface, allowed } = facts;
  const end = purposeEnd(line, policy);
  if (Number.isNaN(line.paidAt) || Number.isNaN(end) || !Number.isFinite(now))
    return mask("facts-unreadable");
  if (line.paidAt === null) return surface === "tool" ? withhold("not-paid") : mask("not-paid");
  if (end === null || now < end) {
    return allowed === NO_KINDS
      ? mask("role-lacks-field")
      : reveal(allowed, "purpose-open", "role-lacks-field");
  }
  return decideEnded(line, facts, now, end, policy);
}

function decideEnded(
  line: LineFacts,
  facts: DisclosureFacts,
  now: number,
  end: number,
  policy: Policy,
): Disclosure {
  // A claim never reopens a download.
  const claimed = facts.surface === "download" ? undefined : decideClaim(line.claims, facts, now, policy);
  if (claimed?.kind === "reveal") return claimed;
  // The last millisecond of the window is inside it.
  const isInWindow = now - end <= policy.downloadDays * DAY;
  if (facts.surface === "download" && !isInWindow) return withhold("download-window-closed");
  if (facts.surface === "tool" && !isInWindow) return withhold("tool-window-closed");
  return claimed ?? mask("purpose-ended");
}

/** What open claims add on an ended line; nothing where there is none. */
function decideClaim(
  claims: readonly ClaimFacts[],
  facts: DisclosureFacts,
  now: number,
  policy: Policy,
): Disclosure | undefined {
  let needed = NO_KINDS;
  let until = Number.POSITIVE_INFINITY;
  for (const claim of claims) {
    const end = claimEnd(claim, policy);
    if (claim.openedBy === "seller" || !(now >= claim.openedAt && now < end)) continue;
    needed |= kindSet(policy.edition.claimKinds[claim.type]);
    until = Math.min(until, end);
  }
  if ((needed & facts.allowed) === NO_KINDS) return undefined;
  // A tool proves itself on every request; a person's second factor must be as fresh as for a download.
  if (facts.surface !== "tool" && !isFresh(facts.secondFactorAt, now, policy.downloadFreshMinutes))
    return mask("claim-second-factor");
  return reveal(needed & facts.allowed, "claim-open", "purpose-ended", until);
}

function claimEnd(claim: ClaimFacts, policy: Policy): number {
  const expires = claim.openedAt + policy.claimDays * DAY;
  return claim.closedAt === null ? expires : Math.min(claim.closedAt, expires);
}

/** A factor proved in the future (a clock that moved) is not fresh. */
function isFresh(at: number | null, now: number, minutes: number): boolean {
  return at !== null && at <= now && now - at <= minutes * MINUTE;
}

/** Of two lines' decisions the more revealing one; two claims together reveal what either needs. */
function join(one: Disclosure | undefined, other: Disclosure): Disclosure {
  if (one === undefined || rank(other) > rank(one)) return other;
  if (one.kind !== "reveal" || other.kind !== "reveal" || one.reason !== other.reason) return one;
  return reveal(one.clear | other.clear, one.reason, one.restReason, earlier(one.until, other.until));
}

/** Open purpose over open claim over mask over nothing at all. */
function rank(decision: Disclosure): number {
  if (decision.kind === "reveal") return decision.reason === "purpose-open" ? 3 : 2;
  return decision.kind === "mask" ? 1 : 0;
}

function earlier(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}
