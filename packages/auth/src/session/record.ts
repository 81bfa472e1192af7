import { type Allow, decideSession, HOUR, type Policy, type Refuse, refuse } from "@garim/policy";
import { AUTH_DEFAULTS } from "../defaults.ts";
import { stateUnavailable } from "../state/store.ts";
import type { Worker } from "../worker.ts";
import { readProof } from "./freshness.ts";
import { nameSession } from "./id.ts";
import type { SeenOrigins } from "./origin.ts";
import { checkOwner, ownerOf } from "./owner.ts";
import type { ListedSession, ProvedFactor, Session, SessionEnd } from "./session.ts";

/** What is stored of a session, one value per log-in of the host. Moments are UTC milliseconds. */
export interface SessionRecord extends SeenOrigins {
  /** SHA-256 of the id that opens it, hex. */
  readonly idHash: string;
  /** The seller it is for; `null` for workers who have none. */
  readonly sellerId: string | null;
  readonly authenticatedAt: number;
  readonly openedAt: number;
  readonly lastActivityAt: number;
  readonly secondFactor: ProvedFactor | null;
  /** When a sign of somebody else was last seen in it; `null` where none was since the proof. */
  readonly suspectedAt: number | null;
  /** Why it ended; `null` while nothing ended it. An ended one stays, so that its log-in opens no other. */
  readonly ended: SessionEnd | null;
}

/** A session that ended. */
export interface EndedRecord extends SessionRecord {
  readonly ended: SessionEnd;
}

/** @param worker - whose session it is; the seller is the record's, which may have been another before */
export function encodeSession(record: SessionRecord, worker: Worker): string {
  return JSON.stringify({ ...record, owner: ownerOf({ ...worker, sellerId: record.sellerId }) });
}

/**
 * @param worker - whose session was asked for, whichever seller it is for now
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where the value is none of {@link encodeSession}, or not that person's
 */
export function decodeSession(value: string, worker: Worker): SessionRecord {
  const { owner, ...record } = parseRecord(value);
  checkOwner({ owner }, { ...worker, sellerId: record.sellerId });
  return record;
}

function parseRecord(value: string): SessionRecord & { readonly owner?: unknown } {
  try {
    const record = JSON.parse(value) as SessionRecord;
    const moments = [record.authenticatedAt, record.openedAt, record.lastActivityAt];
    const isWhole = typeof record.idHash === "string" && record.networks.length > 0;
    if (isWhole && moments.every(Number.isFinite)) return record;
  } catch {
    // Told below, without the value.
  }
  throw stateUnavailable("A stored session cannot be read. Delete the keys v2/session/ of the state store.");
}

/**
 * Judges whether a recorded session still lives.
 *
 * Clocks of nodes differ and go back. A log-in counts from the moment it was first seen if it claims a later one; activity a
 * little in the future counts as now; activity further in the future is not believed and ends the session.
 */
export function judgeSession(record: SessionRecord, now: number, policy: Policy): Allow | Refuse {
  if (record.lastActivityAt > now + AUTH_DEFAULTS.clockSkewMs) return refuse("session-idle", policy.edition);
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
export function traceExpiry(authenticatedAt: number, policy: Policy): number {
  const longestHours = policy.edition.numbers.absoluteHours.most;
  return authenticatedAt + longestHours * HOUR + AUTH_DEFAULTS.traceMarginMs;
}

/** Whether a recorded session is the one that was checked: its id was not replaced since, nor its seller. */
export function isSame(record: SessionRecord | undefined, session: Session): record is SessionRecord {
  return record !== undefined && nameSession(record.idHash) === session.name;
}

export function toSession(worker: Worker, record: SessionRecord, now: number): Session {
  const { authenticatedAt, openedAt, lastActivityAt, suspectedAt, device, deviceSince, networks } = record;
  return {
    name: nameSession(record.idHash),
    worker,
    authenticatedAt,
    openedAt,
    lastActivityAt,
    secondFactor: readProof(record.secondFactor, now),
    suspectedAt,
    device,
    deviceSince,
    network: networks[0].network,
    networkSince: networks[0].since,
  };
}

export function toListed(record: SessionRecord): ListedSession {
  const { idHash, openedAt, lastActivityAt, secondFactor, device, networks } = record;
  return {
    name: nameSession(idHash),
    openedAt,
    lastActivityAt,
    secondFactor: secondFactor?.method ?? null,
    device,
    network: networks[0].network,
  };
}
