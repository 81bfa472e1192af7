import type { Allow, Refuse, WorkerIdentity } from "@garim/policy";
import type { Worker } from "../worker.ts";
import type { SessionOrigin } from "./origin.ts";

/** Means to prove who one is beyond the host's log-in. */
export type FactorMethod = "totp" | "passkey" | "recovery" | "message";

/** A second factor proved in a session. */
export interface ProvedFactor {
  readonly method: FactorMethod;
  /** UTC milliseconds. */
  readonly at: number;
}

/** A session as of the moment it was checked. Moments are UTC milliseconds. */
export interface Session extends SessionOrigin {
  /** Public name, 16 hex digits: for records and lists. Changes with the id. */
  readonly name: string;
  readonly worker: Worker;
  /** When the host's log-in happened. */
  readonly authenticatedAt: number;
  readonly openedAt: number;
  /** When the user last did something, up to 5 seconds early. */
  readonly lastActivityAt: number;
  /** `null` until one is proved in this session. */
  readonly secondFactor: ProvedFactor | null;
  /** When it came to its present device; `null` where no second factor is due for it. */
  readonly deviceSince: number | null;
  /** When it first came to its present network; `null` where no second factor is due for it. */
  readonly networkSince: number | null;
  /** When a sign of somebody else was last seen in it; `null` where no second factor is due for one. */
  readonly suspectedAt: number | null;
}

/** A session that lives. */
export interface Live {
  readonly kind: "live";
  readonly session: Session;
  /** The secret id to set as cookie, when a new one was made; `null` where the one that came stays. */
  readonly id: string | null;
  /** Whether this very check opened the session: a log-in's first. Requests that came together share it. */
  readonly isFirst: boolean;
  /** Whether this very check found the session on another device or network than those it was on: to be told to signals. */
  readonly hasMoved: boolean;
}

/**
 * Refused with `log-in-again`, or `account-dormant` and `account-dismissed` where a session would be opened; with why it ended
 * ({@link SessionEnd}) where the id is that of an ended session.
 */
export type Checked = Live | Refused;

/** A request that gets no session. */
export interface Refused extends Refuse {
  /**
   * The session lives on under the id that a proof gave it within the last minute, and this request came with another: most
   * likely it was sent before and arrived after. Nothing is to be ended for it, neither the cookie nor the host's log-in.
   */
  readonly livesOn?: true;
}

/** What a request says about its user: `activity` is something a person did, `background` is polling and the like. */
export type SessionUse = "activity" | "background";

/** Why a session ended; each but `log-out` is a reason of the policy. */
export type SessionEnd =
  | "log-out"
  | "session-idle"
  | "session-absolute"
  | "session-revoked"
  | "session-limit"
  | "seller-changed"
  | "roles-changed"
  | "factors-changed"
  | "account-dismissed";

/** A session with a second factor, and its new id. */
export interface Raised {
  readonly session: Session;
  /** The secret id to set as cookie; the one before is dead. */
  readonly id: string;
}

/** A live session as a list shows it. Moments are UTC milliseconds. */
export interface ListedSession extends SessionOrigin {
  /** What {@link Sessions.endNamed} takes; it opens nothing. */
  readonly name: string;
  readonly openedAt: number;
  readonly lastActivityAt: number;
  /** How a second factor was last proved in it; `null` for never. */
  readonly secondFactor: FactorMethod | null;
}

/**
 * Staff sessions. Every method rejects with GarimError `ERR_GARIM_STATE_UNAVAILABLE` while the state store fails. Whatever ends is
 * over at once on the node that ended it, and within a second on the others.
 *
 * @source code-2022/idle, notice-2026-9/6-4, notice-2026-9/5-2, garim/absolute
 */
export interface Sessions {
  /**
   * Finds the session of an id, or opens one for a fresh log-in of the host.
   *
   * One log-in opens one session. Until a second factor is proved in it, a request of the same log-in without the right id
   * gets a new id and the one before is dead: a page's first requests run in parallel. Afterwards, and once it has
   * ended, only a log-in with a later `authenticatedAt` opens another. Where the same log-in comes with another seller, its session
   * for the seller before ends and another opens, without the proof. Where it comes with other roles, all sessions of the worker end.
   *
   * @param id - the cookie as it came, trusted in nothing; `null` for none
   * @param use - only `activity` moves the idle end
   * @param from - where the request comes from; a text of more than 64 characters counts by its hash
   * @throws GarimError `ERR_GARIM_IDENTITY_INVALID` where the worker or `authenticatedAt` cannot be read
   */
  check(id: string | null, worker: WorkerIdentity, use: SessionUse, from: SessionOrigin): Promise<Checked>;

  /**
   * Asks whether this very session still lives: for an answer that took long, before it is released, and for one that goes on.
   *
   * @returns allow; or refuse with why it ended, `log-in-again` where its id was replaced
   */
  recheck(session: Session): Promise<Allow | Refuse>;

  /**
   * As {@link Sessions.recheck}, for an answer that was begun in this session: a proof in another tab, which gives the session
   * another id, does not take it back.
   */
  recheckAnswer(session: Session): Promise<Allow | Refuse>;

  /** As {@link Sessions.recheck}, asking the store: for what an end of a second ago, on another node, must not miss. */
  recheckNow(session: Session): Promise<Allow | Refuse>;

  /**
   * Moves the idle end: the user did something in this session. Does nothing where the session has ended or its id was replaced,
   * and nothing within 5 seconds of the last time.
   */
  touch(session: Session): Promise<void>;

  /**
   * Marks a second factor just proved in this session, on the device and network it was checked from.
   *
   * @returns `undefined` where the session ended or its id was replaced meanwhile: it is never revived
   */
  raise(session: Session, method: FactorMethod): Promise<Raised | undefined>;

  /**
   * Marks that a sign of somebody else was seen in this session just now: what was proved in it before counts no more.
   *
   * @returns the session as it is now; `undefined` where it ended or its id was replaced
   */
  suspect(session: Session): Promise<Session | undefined>;

  /** Ends the session of the log-in for good. Ending it twice is nothing. */
  end(session: Session): Promise<void>;

  /** Lists a worker's live sessions, the one used last first. */
  list(worker: Worker): Promise<readonly ListedSession[]>;

  /** Ends one session of a worker for good (`session-revoked`). @returns whether there was one of that name */
  endNamed(worker: Worker, name: string): Promise<boolean>;

  /**
   * Ends every session of a worker, in one write: once it returned, none opened before lives, and log-ins from before open none.
   * A log-in after it may be taken for one from before by as much as clocks differ.
   *
   * @param except - a session that stays
   */
  endAll(worker: Worker, reason: SessionEnd, except?: Session): Promise<void>;

  /** Ends every session of a worker (`account-dismissed`); none is opened until {@link Sessions.reinstate}. */
  dismiss(worker: Worker): Promise<void>;

  /** Lets a dismissed worker open sessions again, by log-ins of after it. */
  reinstate(worker: Worker): Promise<void>;

  /** Gives a dormant worker the rights again: the days without use count from now. */
  reactivate(worker: Worker): Promise<void>;
}
