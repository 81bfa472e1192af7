import type { Policy } from "@garim/policy";
import { changeState } from "../state/change.ts";
import type { StateEntry, StateStore } from "../state/store.ts";
import type { Worker } from "../worker.ts";
import { createSessionCache, type SessionRead, type Stored } from "./cache.ts";
import type { Login } from "./login.ts";
import {
  decodeSession,
  type EndedRecord,
  encodeSession,
  type SessionRecord,
  toSession,
  traceExpiry,
} from "./record.ts";
import { decodeRoster, EMPTY_ROSTER, encodeRoster, type Roster, rosterKey } from "./roster.ts";
import type { Session, SessionEnd } from "./session.ts";

/** What a decision wants stored of a session; `null` to leave it. */
export interface SessionChange {
  readonly record: SessionRecord | null;
  /** The session that ends by it, to be told of once it is stored. */
  readonly ended: EndedRecord | null;
}

/** What a decision wants stored of a roster; `null` to leave it. */
export interface RosterChange {
  readonly roster: Roster | null;
}

/**
 * Where sessions are stored. What is decided on what is stored holds only if nobody wrote in between; else it is decided again.
 */
export interface SessionBook {
  /** A read up to a second old. */
  read(login: Login): SessionRead;
  readRecord(login: Login): Promise<SessionRecord | undefined>;
  readRoster(worker: Worker): Promise<Roster>;
  /** Decides on the record and, read after it, the roster. */
  change<C extends SessionChange>(login: Login, decide: (stored: Stored) => C): Promise<C>;
  changeRoster<C extends RosterChange>(worker: Worker, decide: (roster: Roster) => C): Promise<C>;
}

export interface BookOptions {
  readonly state: StateStore;
  readonly policy: Policy;
  readonly clock: () => number;
  readonly onEnd: (session: Session, reason: SessionEnd) => void;
}

export function createBook({ state, policy, clock, onEnd }: BookOptions): SessionBook {
  const readRecord = async ({ key, worker }: Login): Promise<SessionRecord | undefined> =>
    toRecord(await state.read(key), worker);
  const readRoster = async (worker: Worker): Promise<Roster> =>
    toRoster(await state.read(rosterKey(worker)), worker);
  const cache = createSessionCache(async (login) => {
    const [record, roster] = await Promise.all([readRecord(login), readRoster(login.worker)]);
    return { record, roster };
  }, clock);

  async function change<C extends SessionChange>(login: Login, decide: (stored: Stored) => C): Promise<C> {
    try {
      const { decided } = await changeState(state, login.key, async (entry) => {
        // A session joins the roster before it is stored, so whoever sees it stored finds it there.
        const decided = decide({
          record: toRecord(entry, login.worker),
          roster: await readRoster(login.worker),
        });
        const { record } = decided;
        const next = record && {
          value: encodeSession(record, login.worker),
          expiresAt: traceExpiry(record.authenticatedAt, policy),
        };
        return { decided, next };
      });
      tellEnd(login.worker, decided.ended);
      return decided;
    } finally {
      // Also after a failure: nobody knows what was stored.
      cache.forget(login.key);
    }
  }

  function tellEnd(worker: Worker, ended: EndedRecord | null): void {
    if (ended === null) return;
    onEnd(toSession({ ...worker, sellerId: ended.sellerId }, ended, clock()), ended.ended);
  }

  async function changeRoster<C extends RosterChange>(
    worker: Worker,
    decide: (roster: Roster) => C,
  ): Promise<C> {
    const { decided } = await changeState(state, rosterKey(worker), (entry) => {
      const decided = decide(toRoster(entry, worker));
      const { roster } = decided;
      const next = roster && { value: encodeRoster(roster, worker), expiresAt: traceExpiry(clock(), policy) };
      return { decided, next };
    });
    return decided;
  }

  return { read: cache.read, readRecord, readRoster, change, changeRoster };
}

function toRecord(entry: StateEntry | undefined, worker: Worker): SessionRecord | undefined {
  return entry && decodeSession(entry.value, worker);
}

function toRoster(entry: StateEntry | undefined, worker: Worker): Roster {
  return entry === undefined ? EMPTY_ROSTER : decodeRoster(entry.value, worker);
}
