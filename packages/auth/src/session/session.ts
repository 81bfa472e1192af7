import type { Refuse, WorkerIdentity } from "@garim/policy";
import type { Worker } from "../worker.ts";

/** Means to prove who one is beyond the host's log-in. */
export type FactorMethod = "totp";

/** A second factor proved in a session. */
export interface ProvedFactor {
  readonly method: FactorMethod;
  /** UTC milliseconds. */
  readonly at: number;
}

/** A session as of the moment it was checked. Moments are UTC milliseconds. */
export interface Session {
  /** Public name, 16 hex digits: for records. Changes with the id. */
  readonly name: string;
  readonly worker: Worker;
  /** When the host's log-in happened. */
  readonly authenticatedAt: number;
  readonly openedAt: number;
  /** When the user last did something, up to 5 seconds early. */
  readonly lastActivityAt: number;
  /** `null` until one is proved in this session. */
  readonly secondFactor: ProvedFactor | null;
}

/** A session that lives. */
export interface Live {
  readonly kind: "live";
  readonly session: Session;
  /** The secret id to set as cookie, when a new one was made; `null` where the one that came stays. */
  readonly id: string | null;
  /** Whether this very check opened the session: a log-in's first. Requests that came together share it. */
  readonly isFirst: boolean;
}

/** Refused with `session-idle`, `session-absolute` or `log-in-again`. */
export type Checked = Live | Refuse;

/** What a request says about its user: `activity` is something a person did, `background` is polling and the like. */
export type SessionUse = "activity" | "background";

/** Why a session ended. */
export type SessionEnd = "session-idle" | "session-absolute" | "log-out";

/** A session with a second factor, and its new id. */
export interface Raised {
  readonly session: Session;
  /** The secret id to set as cookie; the one before is dead. */
  readonly id: string;
}

/**
 * Staff sessions. Every method rejects with GarimError `ERR_GARIM_STATE_UNAVAILABLE` while the state store fails.
 *
 * @source code-2022/idle, notice-2026-9/6-4, garim/absolute
 */
export interface Sessions {
  /**
   * Finds the session of an id, or opens one for a fresh log-in of the host.
   *
   * One log-in opens one session. Until a second factor is proved in it, a request of the same log-in without the right id
   * gets a new id and the one before is dead: a page's first requests run in parallel. Afterwards, and once it has
   * ended, only a log-in with a later `authenticatedAt` opens another.
   *
   * @param id - the cookie as it came, trusted in nothing; `null` for none
   * @param use - only `activity` moves the idle end
   * @throws GarimError `ERR_GARIM_IDENTITY_INVALID` where the worker or `authenticatedAt` cannot be read
   */
  check(id: string | null, worker: WorkerIdentity, use: SessionUse): Promise<Checked>;

  /**
   * Moves the idle end: the user did something in this session. Does nothing where the session has ended or its id was replaced,
   * and nothing within 5 seconds of the last time.
   */
  touch(session: Session): Promise<void>;

  /**
   * Marks a second factor just proved in this session.
   *
   * @returns `undefined` where the session ended or its id was replaced meanwhile: it is never revived
   */
  raise(session: Session, method: FactorMethod): Promise<Raised | undefined>;

  /** Ends the session of the log-in for good, on other nodes within a second. Ending it twice is nothing. */
  end(session: Session): Promise<void>;
}
