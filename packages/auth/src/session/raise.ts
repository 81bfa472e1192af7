import type { Policy } from "@garim/policy";
import { AUTH_DEFAULTS } from "../defaults.ts";
import type { SessionChange } from "./book.ts";
import type { Stored } from "./cache.ts";
import type { SessionId } from "./id.ts";
import type { Login } from "./login.ts";
import { hasMoved, moveTo, settleOrigins } from "./origin.ts";
import { isSame, judgeSession, type SessionRecord } from "./record.ts";
import { isListed } from "./roster.ts";
import type { FactorMethod, Session } from "./session.ts";

const LEAVE: SessionChange = Object.freeze({ record: null, ended: null });

/** Decides what a proof makes of the session it was given in: nothing of one that ended, or whose id was replaced. */
export function decideRaise(
  { record, roster }: Stored,
  login: Login,
  session: Session,
  proof: SessionId & { readonly method: FactorMethod; readonly at: number },
  policy: Policy,
): SessionChange {
  const { idHash, method, at } = proof;
  if (!isLive(record, session, at, policy) || !isListed(roster, login.key)) return LEAVE;
  // The id rotates: whoever had the one without the proof does not have the one with it.
  const secondFactor = { method, at };
  const origins = settleOrigins(record, session);
  const raised = { ...record, ...origins, idHash, lastActivityAt: at, secondFactor, suspectedAt: null };
  return { record: raised, ended: null };
}

/** Decides what a sign of somebody else makes of a session: it was seen after the proof, though this node's clock may be behind. */
export function decideSuspect(
  { record }: Stored,
  session: Session,
  now: number,
  policy: Policy,
): SessionChange {
  if (!isLive(record, session, now, policy)) return LEAVE;
  const suspectedAt = Math.max(now, (record.secondFactor?.at ?? Number.NEGATIVE_INFINITY) + 1);
  return { record: { ...record, suspectedAt }, ended: null };
}

/** Decides what a deed of the user makes of a session: it only ever moves the idle end later, and not for every request. */
export function decideTouch(
  { record }: Stored,
  session: Session,
  now: number,
  policy: Policy,
): SessionChange {
  if (!isLive(record, session, now, policy)) return LEAVE;
  if (now - record.lastActivityAt < AUTH_DEFAULTS.activityMs) return LEAVE;
  // Where it is by now is for a check to notice.
  const origins = hasMoved(record, session) ? {} : moveTo(record, session, now);
  return { record: { ...record, ...origins, lastActivityAt: now }, ended: null };
}

function isLive(
  record: SessionRecord | undefined,
  session: Session,
  now: number,
  policy: Policy,
): record is SessionRecord {
  return (
    isSame(record, session) && record.ended === null && judgeSession(record, now, policy).kind === "allow"
  );
}
