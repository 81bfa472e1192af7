import { type Policy, type Refuse, refuse } from "@garim/policy";
import { AUTH_DEFAULTS } from "../defaults.ts";
import type { Login } from "./login.ts";
import { traceExpiry } from "./record.ts";
import { isListed, laterOf, type Roster, type RosterEntry, whyClosed } from "./roster.ts";
import type { SessionEnd } from "./session.ts";

/** A log-in stands in the roster now. */
export interface Joined {
  readonly kind: "joined";
  readonly roster: Roster;
  /** The sessions that had to go, */
  readonly dropped: readonly RosterEntry[];
  /** and why. */
  readonly reason: SessionEnd;
}

/**
 * Adds a log-in. Where it brings other roles, all before it have to go: they were opened with rights the worker no longer has.
 * Where there are too many, the oldest has to.
 *
 * @param roles - those the host says with this log-in
 * @returns refuse with `log-in-again` for a log-in from before everything ended or the roles changed, `account-dismissed`
 */
export function joinRoster(
  roster: Roster,
  login: Login,
  roles: string | null,
  now: number,
  policy: Policy,
): Joined | Refuse {
  const { key, authenticatedAt } = login;
  if (isListed(roster, key)) return { kind: "joined", roster, dropped: [], reason: "session-limit" };
  const closed = whyClosed(roster, login);
  if (closed !== undefined) return refuse(closed, policy.edition);
  const present = roster.sessions.filter((one) => now < traceExpiry(one.authenticatedAt, policy));
  const entry: RosterEntry = { key, authenticatedAt, openedAt: now };
  if (roles === roster.roles) return joinOthers(roster, present, entry);
  // Of two log-ins that say different roles, the later one is right.
  const isOutdated = present.some((one) => one.authenticatedAt > authenticatedAt);
  return isOutdated ? refuse("log-in-again", policy.edition) : joinAlone(roster, present, entry, roles);
}

function joinOthers(roster: Roster, present: readonly RosterEntry[], entry: RosterEntry): Joined {
  const excess = Math.max(0, present.length + 1 - AUTH_DEFAULTS.sessions);
  const sessions = [...present.slice(excess), entry];
  const dropped = present.slice(0, excess);
  return { kind: "joined", roster: { ...roster, sessions }, dropped, reason: "session-limit" };
}

function joinAlone(
  roster: Roster,
  dropped: readonly RosterEntry[],
  entry: RosterEntry,
  roles: string | null,
): Joined {
  const changedAt = roster.roles === null ? null : Math.min(entry.authenticatedAt, entry.openedAt);
  const closedUntil = laterOf(roster.closedUntil, changedAt);
  const alone = { sessions: [entry], closedUntil, roles };
  return { kind: "joined", roster: alone, dropped, reason: "roles-changed" };
}
