import { type Allow, decideSession, HOUR, type Policy, type Refuse, refuse } from "@garim/policy";
import { AUTH_DEFAULTS } from "../defaults.ts";
import { stateUnavailable } from "../state/store.ts";
import type { Worker } from "../worker.ts";
import { nameSession } from "./id.ts";
import type { ProvedFactor, Session, SessionEnd } from "./session.ts";

/** What is stored of a session, one value per log-in of the host. Moments are UTC milliseconds. */
export interface SessionRecord {
  /** SHA-256 of the id that opens it, hex. */
  readonly idHash: string;
  readonly authenticatedAt: number;
  readonly openedAt: number;
  readonly lastActivityAt: number;
  readonly secondFactor: ProvedFactor | null;
  /** Why it ended; `null` while it lives. An ended one stays, so that its log-in opens no other. */
  readonly ended: SessionEnd | null;
}

export function encodeSession(record: SessionRecord): string {
  return JSON.stringify(record);
}

/** @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where the value is none of {@link encodeSession} */
export function decodeSession(value: string): SessionRecord {
  try {
    const record = JSON.parse(value) as SessionRecord;
    const moments = [record.authenticatedAt, record.openedAt, record.lastActivityAt];
    if (typeof record.idHash === "string" && moments.every(Number.isFinite)) return record;
  } catch {
    // Told below, without the value.
  }
  throw stateUnavailable("A stored session cannot be read. Delete the keys v1/session/ of the state store.");
}

/**
 * Judges whether a recorded session still lives.
 *
 * Clocks of nodes differ and go back. A log-in counts from the moment it was first seen if it claims a later one; activity a
 * little in the future counts as now; activity further in the future is not believed and ends the session.
 */
export function judgeSession(record: SessionRecord, now: number, policy: Policy): Allow | Refuse {
  if (record.lastActivityAt > now + AUTH_DEFAULTS.clockSkewMs) return refuse("session-idle");
  const facts = {
    authenticatedAt: Math.min(record.authenticatedAt, record.openedAt, now),
    lastActivityAt: Math.min(record.lastActivityAt, now),
  };
  return decideSession(facts, now, policy);
}

/**
 * Until when the record of a log-in is kept: beyond it no deployment, however configured, and no node, however wrong its
 * clock, would open a session for that log-in.
 */
export function sessionExpiry(record: SessionRecord, policy: Policy): number {
  const longestHours = policy.edition.numbers.absoluteHours.most;
  return record.authenticatedAt + longestHours * HOUR + AUTH_DEFAULTS.traceMarginMs;
}

export function toSession(worker: Worker, record: SessionRecord): Session {
  const { authenticatedAt, openedAt, lastActivityAt, secondFactor } = record;
  return {
    name: nameSession(record.idHash),
    worker,
    authenticatedAt,
    openedAt,
    lastActivityAt,
    secondFactor,
  };
}
