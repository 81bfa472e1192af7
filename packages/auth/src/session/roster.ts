import type { Reason } from "@garim/policy";
import { stateUnavailable } from "../state/store.ts";
import type { Worker } from "../worker.ts";
import type { Login } from "./login.ts";
import { checkOwner, ownerOf } from "./owner.ts";

/** A session that stands in a roster. */
export interface RosterEntry {
  /** Where its record is stored. */
  readonly key: string;
  readonly authenticatedAt: number;
  readonly openedAt: number;
}

/**
 * Which sessions of a worker live: one that does not stand here is dead, whatever its record says. So one write ends them all, and
 * none lives that the list does not show. Moments are UTC milliseconds.
 */
export interface Roster {
  /** In the order they were opened. */
  readonly sessions: readonly RosterEntry[];
  /** Log-ins up to this moment, inclusive, open no session: {@link FOREVER} while dismissed, `null` where all may. */
  readonly closedUntil: number | null;
  /** The roles of the sessions, as one text; `null` for workers without roles. */
  readonly roles: string | null;
}

/** Later than any log-in claims to be. */
export const FOREVER: number = Number.MAX_SAFE_INTEGER;

export const EMPTY_ROSTER: Roster = Object.freeze({ sessions: [], closedUntil: null, roles: null });

export function rosterKey(worker: Worker): string {
  return `v2/roster/${ownerOf(worker)}`;
}

export function encodeRoster(roster: Roster, worker: Worker): string {
  return JSON.stringify({ ...roster, owner: ownerOf(worker) });
}

/** @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where the value is none of {@link encodeRoster}, or not that worker's */
export function decodeRoster(value: string, worker: Worker): Roster {
  const { owner, ...roster } = parseRoster(value);
  checkOwner({ owner }, worker);
  return roster;
}

function parseRoster(value: string): Roster & { readonly owner?: unknown } {
  try {
    const roster = JSON.parse(value) as Roster;
    if (Array.isArray(roster.sessions) && roster.closedUntil !== undefined) return roster;
  } catch {
    // Told below, without the value.
  }
  throw stateUnavailable(
    "A stored list of sessions cannot be read. Delete the keys v2/roster/ of the state store.",
  );
}

export function isListed(roster: Roster, key: string): boolean {
  return roster.sessions.some((entry) => entry.key === key);
}

/** Why a log-in may not join; nothing where it may. */
export function whyClosed({ closedUntil }: Roster, { authenticatedAt }: Login): Reason | undefined {
  if (closedUntil === FOREVER) return "account-dismissed";
  return closedUntil !== null && authenticatedAt <= closedUntil ? "log-in-again" : undefined;
}

export function leaveRoster(roster: Roster, key: string): Roster {
  return { ...roster, sessions: roster.sessions.filter((entry) => entry.key !== key) };
}

/** Ends everything but one session. A moment once closed stays closed, though a clock goes back. */
export function closeRoster(roster: Roster, until: number, exceptKey: string | undefined): Roster {
  const sessions = roster.sessions.filter((entry) => entry.key === exceptKey);
  return { ...roster, sessions, closedUntil: laterOf(roster.closedUntil, until) };
}

/** Lets log-ins of after now open sessions again. */
export function reopenRoster(roster: Roster, now: number): Roster {
  return { ...roster, closedUntil: now };
}

/** The later of two moments; the one there is where the other is not. */
export function laterOf(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}
