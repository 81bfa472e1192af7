import type { Policy } from "@garim/policy";
import { AUTH_DEFAULTS } from "../defaults.ts";
import { makeSessionId } from "./id.ts";
import { startOrigins } from "./origin.ts";
import { type CheckFacts, type CheckOutcome, opened, refused } from "./outcome.ts";
import { judgeSession, type SessionRecord } from "./record.ts";
import { isListed, type Roster, whyClosed } from "./roster.ts";

/**
 * Opens the session of a log-in for a seller.
 *
 * @param before - the log-in's session for another seller. The record is the log-in's only one, so it is over with it: staff of
 *   several sellers have one at a time. The proof stays behind.
 */
export function openFirst(
  roster: Roster,
  facts: CheckFacts,
  policy: Policy,
  before: SessionRecord | null,
): CheckOutcome {
  const { login, now } = facts;
  const isIn = isListed(roster, login.key);
  const closed = isIn ? undefined : whyClosed(roster, login);
  if (closed !== undefined) return refused(closed, policy);
  if (login.authenticatedAt > now + AUTH_DEFAULTS.futureLoginMs) return refused("log-in-again", policy);
  const { id, idHash } = makeSessionId();
  const record = startSession(idHash, facts, before);
  const life = judgeSession(record, now, policy);
  if (life.kind === "refuse") return refused(life.reason, policy);
  const outcome = opened(record, facts, id);
  if (!isIn) return { ...outcome, record: null, joins: true };
  return { ...outcome, ended: before && { ...before, ended: "seller-changed" } };
}

function startSession(idHash: string, facts: CheckFacts, before: SessionRecord | null): SessionRecord {
  const { login, now, use, origin } = facts;
  // Polling is no activity: then the last one was that for the seller before, or the log-in itself.
  const activeBefore = before?.lastActivityAt ?? Math.min(login.authenticatedAt, now);
  return {
    idHash,
    sellerId: login.worker.sellerId,
    authenticatedAt: login.authenticatedAt,
    openedAt: now,
    lastActivityAt: use === "activity" ? now : activeBefore,
    secondFactor: null,
    suspectedAt: null,
    ...startOrigins(origin),
    ended: null,
  };
}
