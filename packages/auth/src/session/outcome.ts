import { type Policy, type Reason, type Refuse, refuse } from "@garim/policy";
import type { SessionChange } from "./book.ts";
import type { Login } from "./login.ts";
import type { SessionOrigin } from "./origin.ts";
import { type EndedRecord, type SessionRecord, toSession } from "./record.ts";
import type { Checked, SessionEnd, SessionUse } from "./session.ts";

/** What a check depends on, besides what is stored. */
export interface CheckFacts {
  readonly login: Login;
  /** The roles the host says, as one text; `null` for workers without roles. */
  readonly roles: string | null;
  /** Hash of the id that came; `null` without a usable one. */
  readonly idHash: string | null;
  readonly use: SessionUse;
  readonly origin: SessionOrigin;
  /** UTC milliseconds. */
  readonly now: number;
}

/** What a check answers, and what has to happen first. */
export interface CheckOutcome extends SessionChange {
  readonly answer: Checked;
  /** Whether the log-in has to join its worker's roster: only then its session may be opened. */
  readonly joins: boolean;
}

const NOTHING = { record: null, ended: null, joins: false } as const;

/** The session lives, as it is stored. Written out: almost every request comes here, and a spread took half the check's time. */
export function live(record: SessionRecord, facts: CheckFacts): CheckOutcome {
  return { answer: toLive(record, facts, null, false, false), record: null, ended: null, joins: false };
}

/** The session lives, and is stored anew. */
export function kept(record: SessionRecord, facts: CheckFacts, hasMoved: boolean): CheckOutcome {
  return { ...NOTHING, answer: toLive(record, facts, null, false, hasMoved), record };
}

/** The session has just been opened. */
export function opened(record: SessionRecord, facts: CheckFacts, id: string): CheckOutcome {
  return { ...NOTHING, answer: toLive(record, facts, id, true, false), record };
}

/** The session gets a new id. */
export function reopened(
  record: SessionRecord,
  facts: CheckFacts,
  id: string,
  hasMoved: boolean,
): CheckOutcome {
  return { ...NOTHING, answer: toLive(record, facts, id, false, hasMoved), record };
}

/** The session ends by this very check. */
export function ended(record: SessionRecord, reason: SessionEnd, answer: Refuse): CheckOutcome {
  const last: EndedRecord = { ...record, ended: reason };
  return { ...NOTHING, answer, record: last, ended: last };
}

export function refused(reason: Reason, policy: Policy): CheckOutcome {
  return { ...NOTHING, answer: refuse(reason, policy.edition) };
}

/** The session lives on under an id that was given just now. */
export function overtaken(policy: Policy): CheckOutcome {
  return { ...NOTHING, answer: { ...refuse("log-in-again", policy.edition), livesOn: true } };
}

function toLive(
  record: SessionRecord,
  facts: CheckFacts,
  id: string | null,
  isFirst: boolean,
  hasMoved: boolean,
): Checked {
  const session = toSession(facts.login.worker, record, facts.now);
  return { kind: "live", session, id, isFirst, hasMoved };
}
