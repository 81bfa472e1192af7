import { randomBytes } from "node:crypto";
import { ALLOW, type Allow, type Policy, type Refuse, refuse } from "@garim/policy";
import { decideManage } from "../account/manage.ts";
import { answer, leave, type Outcome, refused, refuseTry } from "../account/outcome.ts";
import { isLive, putPrompt, startPrompt } from "../account/prompt.ts";
import {
  type AccountRecord,
  NO_ACCOUNT,
  type PendingFactors,
  type Place,
  type StoredFactor,
} from "../account/record.ts";
import { countRight, countWrong, judgeStart, judgeTry } from "../account/tries.ts";
import { AUTH_DEFAULTS } from "../defaults.ts";
import type { Session } from "../session/session.ts";
import type { Proved } from "./factors.ts";

const ID_BYTES = 8;

/**
 * Stores an enrolment until its session confirms it. That starts a new challenge: who scans again may mistype again, while the
 * account's tries stay counted.
 */
export function startEnrolment(
  record: AccountRecord,
  { session, pending }: { readonly session: Session; readonly pending: Partial<PendingFactors> },
  now: number,
  policy: Policy,
): Outcome<Allow | Refuse> {
  const due = judgeEnrolment(record, session, now, policy);
  if (due.kind === "refuse") return leave(due);
  const started = putPrompt(record, startPrompt(placeOf(session), now), now);
  return answer(ALLOW, { ...started, pending: { ...record.pending, ...pending } });
}

function judgeEnrolment(
  record: AccountRecord,
  session: Session,
  now: number,
  policy: Policy,
): Allow | Refuse {
  const managed = decideManage(record, session, now, policy);
  if (managed.kind === "refuse") return managed;
  const start = judgeStart(record, now, policy);
  if (start.kind === "refuse") return start;
  const isFull = record.factors.length >= AUTH_DEFAULTS.factors;
  return isFull ? refuse("factor-limit", policy.edition) : ALLOW;
}

/** An enrolment, where this session started it and may still confirm it. */
export function ownPending<P extends { readonly session: string; readonly startedAt: number }>(
  pending: P | null,
  session: Session,
  now: number,
): P | undefined {
  return pending !== null && pending.session === session.name && isLive(pending, now) ? pending : undefined;
}

/** What every new factor has: it was used just now, to confirm it. */
export function makeFactor(
  name: string,
  now: number,
): Pick<StoredFactor, "id" | "name" | "addedAt" | "usedAt"> {
  return { id: randomBytes(ID_BYTES).toString("hex"), name, addedAt: now, usedAt: now };
}

interface FirstUse {
  readonly session: Session;
  readonly factor: StoredFactor | undefined;
  /** Why it is none; it is wrong unless said. */
  readonly reason?: "challenge-expired";
}

/** Takes a factor whose first use was right; counts a wrong one (`undefined`). */
export function settleEnrolment(
  record: AccountRecord,
  { session, factor, reason }: FirstUse,
  now: number,
  policy: Policy,
): Outcome<Proved | Refuse> {
  const place = placeOf(session);
  const due = judgeTry(record, place, now, policy);
  if (due.kind === "refuse") return refuseTry(due, record);
  if (factor === undefined) return countWrong(record, place, now, policy, reason);
  // Others may have been started while no proof was needed for them.
  const { pending } = NO_ACCOUNT;
  const added = { ...record, factors: [...record.factors, factor], pending };
  return answer({ kind: "proved", method: factor.kind, at: now }, countRight(added, place), "factor-added");
}

/** Refuses to confirm what was never started here, or is over: a wrong try, where there is anything to guess. */
export function refuseUnstarted(
  record: AccountRecord,
  session: Session,
  now: number,
  policy: Policy,
): Outcome<Proved | Refuse> {
  const { totp, passkey } = record.pending;
  const isOver = [totp, passkey].some((one) => one?.session === session.name && !isLive(one, now));
  const reason = isOver ? "challenge-expired" : undefined;
  if (record.factors.length === 0) return refused(reason ?? "second-factor-unenrolled", policy);
  return settleEnrolment(record, { session, factor: undefined, ...(reason && { reason }) }, now, policy);
}

/** Where the tries of an enrolment count. */
export function placeOf(session: Session): Place {
  return { session: session.name, action: "manage" };
}
