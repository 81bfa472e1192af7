import { ALLOW, type Allow, type Policy, type Reason, type Refuse, refuse } from "@garim/policy";
import { AUTH_DEFAULTS } from "../defaults.ts";
import type { Stored } from "./cache.ts";
import { openFirst } from "./first.ts";
import { makeSessionId } from "./id.ts";
import type { Login } from "./login.ts";
import { hasMoved, moveTo, startOrigins } from "./origin.ts";
import {
  type CheckFacts,
  type CheckOutcome,
  ended,
  kept,
  live,
  overtaken,
  refused,
  reopened,
} from "./outcome.ts";
import { isSame, judgeSession, type SessionRecord, toSession } from "./record.ts";
import { isListed } from "./roster.ts";
import type { Session, SessionEnd } from "./session.ts";

/** As long as a request may be on its way (our choice). */
const OVERTAKEN_MS = 60_000;

/**
 * Decides what a request gets from the session of its log-in.
 *
 * @source code-2022/idle, notice-2026-9/6-4, notice-2026-9/5-2, garim/absolute
 */
export function decideCheck({ record, roster }: Stored, facts: CheckFacts, policy: Policy): CheckOutcome {
  if (record === undefined) return openFirst(roster, facts, policy, null);
  // Hashes of a secret: what their comparison takes tells nothing about it.
  const isItsOwn = record.idHash === facts.idHash;
  if (record.ended !== null) return refused(isItsOwn ? reasonOf(record.ended) : "log-in-again", policy);
  const life = judgeSession(record, facts.now, policy);
  if (life.kind === "refuse") return ended(record, endOf(life), life);
  // After a proof a new id would hand it to whoever asks.
  if (record.secondFactor !== null && !isItsOwn)
    return isRecent(record.secondFactor.at, facts.now) ? overtaken(policy) : refused("log-in-again", policy);
  if (record.sellerId !== facts.login.worker.sellerId) return openFirst(roster, facts, policy, record);
  if (!isListed(roster, facts.login.key))
    return refused(isItsOwn ? "session-revoked" : "log-in-again", policy);
  if (roster.roles !== facts.roles)
    return ended(record, "roles-changed", refuse("roles-changed", policy.edition));
  return isItsOwn ? keep(record, facts) : reopen(record, facts);
}

/** Whether this very session lives. @returns refuse with why it ended, `log-in-again` where its id was replaced */
export function decideRecheck(
  { record, roster }: Stored,
  session: Session,
  login: Login,
  now: number,
  policy: Policy,
): Allow | Refuse {
  if (!isSame(record, session)) return refuse("log-in-again", policy.edition);
  if (record.ended !== null) return refuse(reasonOf(record.ended), policy.edition);
  const life = judgeSession(record, now, policy);
  if (life.kind === "refuse") return life;
  return isListed(roster, login.key) ? ALLOW : refuse("session-revoked", policy.edition);
}

/** As {@link decideRecheck}, but a session that goes on under another id still lives: the log-in opened no other meanwhile. */
export function decideRecheckAnswer(
  stored: Stored,
  session: Session,
  login: Login,
  now: number,
  policy: Policy,
): Allow | Refuse {
  const { record } = stored;
  const isGoingOn = record?.openedAt === session.openedAt && record.sellerId === session.worker.sellerId;
  const present = isGoingOn ? toSession(login.worker, record, now) : session;
  return decideRecheck(stored, present, login, now, policy);
}

/** Whether a proof was given so lately that a request with the id before it may still be on its way. */
function isRecent(provedAt: number, now: number): boolean {
  return Math.abs(now - provedAt) < OVERTAKEN_MS;
}

/** Nothing is shown before a second factor, so an id may be replaced. */
function reopen(record: SessionRecord, facts: CheckFacts): CheckOutcome {
  const { id, idHash } = makeSessionId();
  const lastActivityAt = activeAt(record, facts);
  const next = { ...record, ...startOrigins(facts.origin), idHash, lastActivityAt };
  return reopened(next, facts, id, hasMoved(record, facts.origin));
}

/** A session that lives on: stored again where it moved or its user did something, and not for every request. */
function keep(record: SessionRecord, facts: CheckFacts): CheckOutcome {
  const moves = hasMoved(record, facts.origin);
  const present = moves || record.networks[0].network !== facts.origin.network ? move(record, facts) : record;
  const lastActivityAt = activeAt(record, facts);
  if (!moves && lastActivityAt === record.lastActivityAt) return live(present, facts);
  return kept({ ...present, lastActivityAt }, facts, moves);
}

/** It moved after the proof, though the clock of this node may be behind that of the proof's. */
function move(record: SessionRecord, { origin, now }: CheckFacts): SessionRecord {
  const provedAt = record.secondFactor?.at ?? Number.NEGATIVE_INFINITY;
  return { ...record, ...moveTo(record, origin, Math.max(now, provedAt + 1)) };
}

function activeAt(record: SessionRecord, { use, now }: CheckFacts): number {
  const isDue = use === "activity" && now - record.lastActivityAt >= AUTH_DEFAULTS.activityMs;
  return isDue ? now : record.lastActivityAt;
}

function endOf({ reason }: Refuse): SessionEnd {
  return reason === "session-absolute" ? "session-absolute" : "session-idle";
}

/** Every tab of a session that ended is told why; whoever signed out knows. */
function reasonOf(end: SessionEnd): Reason {
  return end === "log-out" ? "log-in-again" : end;
}
