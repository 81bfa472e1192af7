import { type Policy, type Reason, type Refuse, refuse } from "@garim/policy";
import { AUTH_DEFAULTS } from "../defaults.ts";
import { makeSessionId } from "./id.ts";
import type { Login } from "./login.ts";
import { judgeSession, type SessionRecord, toSession } from "./record.ts";
import type { Checked, SessionUse } from "./session.ts";

/** What a check depends on, besides the stored record. */
export interface CheckFacts {
  readonly login: Login;
  /** Hash of the id that came; `null` without a usable one. */
  readonly idHash: string | null;
  readonly use: SessionUse;
  /** UTC milliseconds. */
  readonly now: number;
}

/** What a check answers, and the record it wants stored first; `null` to leave it. */
export interface CheckOutcome {
  readonly answer: Checked;
  readonly record: SessionRecord | null;
}

/**
 * Decides what a request gets from the session of its log-in.
 *
 * @param record - what is stored for the log-in; `undefined` for nothing
 * @source code-2022/idle, notice-2026-9/6-4, garim/absolute
 */
export function decideCheck(
  record: SessionRecord | undefined,
  facts: CheckFacts,
  policy: Policy,
): CheckOutcome {
  if (record === undefined) return openFirst(facts, policy);
  if (record.ended !== null) return refused(reasonAfterEnd(record, facts));
  const life = judgeSession(record, facts.now, policy);
  if (life.kind === "refuse") return endNow(record, life);
  // Hashes of a secret: what their comparison takes tells nothing about it.
  if (record.idHash !== facts.idHash) return reopen(record, facts);
  return isTouchDue(record, facts) ? touch(record, facts) : live(record, facts);
}

function openFirst(facts: CheckFacts, policy: Policy): CheckOutcome {
  const { login, now } = facts;
  if (login.authenticatedAt > now + AUTH_DEFAULTS.futureLoginMs) return refused("log-in-again");
  const { id, idHash } = makeSessionId();
  const record: SessionRecord = {
    idHash,
    authenticatedAt: login.authenticatedAt,
    openedAt: now,
    // Polling is no activity: then the log-in itself was the last one.
    lastActivityAt: facts.use === "activity" ? now : Math.min(login.authenticatedAt, now),
    secondFactor: null,
    ended: null,
  };
  const life = judgeSession(record, now, policy);
  return life.kind === "refuse" ? refused(life.reason) : opened(record, id, facts, true);
}

/** Nothing is shown before a second factor, so an id may be replaced; after it, it would hand the proof to whoever asks. */
function reopen(record: SessionRecord, facts: CheckFacts): CheckOutcome {
  if (record.secondFactor !== null) return refused("log-in-again");
  const { id, idHash } = makeSessionId();
  const lastActivityAt = isTouchDue(record, facts) ? facts.now : record.lastActivityAt;
  return opened({ ...record, idHash, lastActivityAt }, id, facts, false);
}

function opened(record: SessionRecord, id: string, facts: CheckFacts, isFirst: boolean): CheckOutcome {
  return { answer: { kind: "live", session: toSession(facts.login.worker, record), id, isFirst }, record };
}

function touch(record: SessionRecord, facts: CheckFacts): CheckOutcome {
  const touched = { ...record, lastActivityAt: facts.now };
  return { ...live(touched, facts), record: touched };
}

function live(record: SessionRecord, facts: CheckFacts): CheckOutcome {
  const session = toSession(facts.login.worker, record);
  return { answer: { kind: "live", session, id: null, isFirst: false }, record: null };
}

function endNow(record: SessionRecord, refusal: Refuse): CheckOutcome {
  const ended = refusal.reason === "session-absolute" ? "session-absolute" : "session-idle";
  return { answer: refusal, record: { ...record, ended } };
}

/** Every tab of a session that ran out is told so; whoever else comes with that log-in learns only that it is over. */
function reasonAfterEnd(record: SessionRecord, facts: CheckFacts): Reason {
  const isItsOwn = record.idHash === facts.idHash;
  return isItsOwn && record.ended !== null && record.ended !== "log-out" ? record.ended : "log-in-again";
}

function refused(reason: Reason): CheckOutcome {
  return { answer: refuse(reason), record: null };
}

function isTouchDue(record: SessionRecord, facts: CheckFacts): boolean {
  return facts.use === "activity" && facts.now - record.lastActivityAt >= AUTH_DEFAULTS.activityMs;
}
