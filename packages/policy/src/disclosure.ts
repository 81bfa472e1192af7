import { decideClaim } from "./claim.ts";
import { type Disclosure, mask, type Reveal, reveal, withhold } from "./decision.ts";
import type { DisclosureFacts } from "./disclosure-facts.ts";
import type { GrantState } from "./grant.ts";
import type { LineFacts } from "./line.ts";
import { DAY, isMoment } from "./moment.ts";
import { NO_KINDS, readKinds } from "./pii-kind.ts";
import type { Policy } from "./policy.ts";

const SURFACES: readonly unknown[] = Object.freeze(["view", "download", "tool"]);

const OPEN_ONLY: readonly GrantState[] = Object.freeze(["open"]);

/**
 * Decides how much of a record may be disclosed: the matrix.
 *
 * Fields that several lines share follow the most revealing of them, which is the last open one.
 *
 * @param facts - see {@link DisclosureFacts}; facts that could not be read never reveal
 * @param now - the moment of the request, UTC milliseconds
 * @source code-2022/mask, code-2022/download, ecommerce/17-3, notice-2026-9/5-1, pipa/17, garim/closed
 */
export function decideDisclosure(facts: DisclosureFacts, now: number, policy: Policy): Disclosure {
  const { lines, surface } = facts;
  const isReadable = Array.isArray(lines) && SURFACES.includes(surface) && isMoment(now);
  let joined: Disclosure | undefined;
  // A loop: a page has a hundred records, and most of them one line.
  for (const line of isReadable ? lines : []) joined = join(joined, decideLine(line, facts, now, policy));
  return joined ?? mask("facts-unreadable", policy.edition);
}

/**
 * When the purpose of a line ends: at the earliest of what the host says and the days after delivery without confirmation.
 *
 * @returns UTC milliseconds, inclusive: at that very moment it has ended; `null` while nothing ends it; `NaN` if unreadable
 * @source code-2022/mask, pipa/21
 */
export function purposeEnd(line: LineFacts, policy: Policy): number | null {
  const { deliveredAt, purposeEndedAt } = line;
  if (!isMomentOrNone(deliveredAt) || !isMomentOrNone(purposeEndedAt)) return Number.NaN;
  const byDelivery = deliveredAt === null ? null : deliveredAt + policy.unconfirmedDays * DAY;
  return earlier(purposeEndedAt, byDelivery);
}

function isMomentOrNone(value: unknown): value is number | null {
  return value === null || isMoment(value);
}

function decideLine(line: LineFacts, facts: DisclosureFacts, now: number, policy: Policy): Disclosure {
  const { surface } = facts;
  const end = isLine(line) ? purposeEnd(line, policy) : Number.NaN;
  if (Number.isNaN(end) || !isMomentOrNone(line.paidAt)) return mask("facts-unreadable", policy.edition);
  if (line.paidAt === null) return (surface === "tool" ? withhold : mask)("not-paid", policy.edition);
  return end === null || now < end
    ? decideOpen(facts, end, policy)
    : decideEnded(line, facts, now, end, policy);
}

function isLine(line: unknown): line is LineFacts {
  return typeof line === "object" && line !== null;
}

function decideOpen(facts: DisclosureFacts, until: number | null, { edition }: Policy): Disclosure {
  const restReason = facts.surface === "tool" ? "grant-lacks-field" : "role-lacks-field";
  if (!covers(facts, "open")) return mask("grant-lacks-state", edition);
  const allowed = readKinds(facts.allowed);
  if (allowed === NO_KINDS) return mask(restReason, edition);
  return reveal(allowed, { reason: "purpose-open", restReason, until }, edition);
}

function decideEnded(
  line: LineFacts,
  facts: DisclosureFacts,
  now: number,
  end: number,
  policy: Policy,
): Disclosure {
  const { surface } = facts;
  // A claim never reopens a download.
  const mayClaim = surface !== "download" && covers(facts, "claim");
  const claimed = mayClaim ? decideClaim(line.claims, facts, now, policy) : undefined;
  if (claimed?.kind === "reveal") return claimed;
  // The last millisecond of the window is inside it.
  const isInWindow = now - end <= policy.downloadDays * DAY;
  if (surface === "download" && !isInWindow) return withhold("download-window-closed", policy.edition);
  if (surface === "tool" && !isInWindow) return withhold("tool-window-closed", policy.edition);
  return claimed ?? mask("purpose-ended", policy.edition);
}

/** People's roles know no states; a tool's grant names them. */
function covers({ surface, states = OPEN_ONLY }: DisclosureFacts, state: GrantState): boolean {
  return surface !== "tool" || (Array.isArray(states) && states.includes(state));
}

/** Of two lines' decisions the more revealing one; two claims together reveal what either needs. */
function join(one: Disclosure | undefined, other: Disclosure): Disclosure {
  if (one === undefined || rank(other) > rank(one)) return other;
  if (one.kind !== "reveal" || other.kind !== "reveal" || one.reason !== other.reason) return one;
  return { ...one, clear: one.clear | other.clear, until: joinUntil(one, other) };
}

/** Open lines keep shared fields open until the last of them ends; claims change what is shown when the first one ends. */
function joinUntil(one: Reveal, other: Reveal): number | null {
  if (one.reason !== "purpose-open") return earlier(one.until, other.until);
  return one.until === null || other.until === null ? null : Math.max(one.until, other.until);
}

/** Open purpose over open claim over mask over nothing at all. */
function rank(decision: Disclosure): number {
  if (decision.kind === "reveal") return decision.reason === "purpose-open" ? 3 : 2;
  return decision.kind === "mask" ? 1 : 0;
}

function earlier(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}
