import { LRUCache } from "lru-cache";
import { AUTH_DEFAULTS } from "../defaults.ts";
import { dropStale } from "./drop-stale.ts";
import type { Login } from "./login.ts";
import type { SessionRecord } from "./record.ts";
import type { Roster } from "./roster.ts";
import type { Checked } from "./session.ts";

/** What is stored of a log-in's session: its record, and its worker's roster. */
export interface Stored {
  readonly record: SessionRecord | undefined;
  readonly roster: Roster;
}

/** One read of a session, shared by the requests of the next second. */
export interface SessionRead {
  /** When the read began, UTC milliseconds. */
  readonly startedAt: number;
  /** Whose record and roster were read. */
  readonly login: Login;
  readonly stored: Promise<Stored>;
  /** Answers under way that need the store, by question: equal questions of parallel requests are asked once. */
  readonly answers: Map<string, Promise<Checked>>;
  /** Whether something was written since, or it was dropped: nothing is answered by it any more. */
  isDropped: boolean;
  /** Whether another request was answered by it than the one it was begun for. */
  isUsed: boolean;
}

export interface SessionCache {
  /** The read of a log-in's session, at most {@link AUTH_DEFAULTS}.cacheMs old; a new one otherwise. */
  read(login: Login): SessionRead;
  /** To be called after every write that concerns a session: whoever asks from now on sees it. */
  forget(key: string): void;
}

/** Between which parts of its time a read that was in use is made anew with another: from shortly before its end to as long after it. */
const ALONG_FROM = 0.9;
const ALONG_UNTIL = 2;
/** How many are looked at for that: an answer must not hold up the node. */
const MOST_ALONG = 100;

export function createSessionCache(
  load: (login: Login) => Promise<Stored>,
  clock: () => number,
): SessionCache {
  // What is dropped here is read again.
  const reads = new LRUCache<string, SessionRead>({
    max: AUTH_DEFAULTS.cacheEntries,
    dispose: (read) => {
      read.isDropped = true;
    },
  });

  function start(login: Login, now: number): SessionRead {
    const { key } = login;
    const stored = load(login);
    const read = { startedAt: now, login, stored, answers: new Map(), isDropped: false, isUsed: false };
    dropStale(reads, (one) => !isFresh(one, now));
    reads.set(key, read);
    // A failure is told to those who wait for it, and never remembered.
    stored.catch(() => reads.peek(key) === read && reads.delete(key));
    return read;
  }

  function findDue(now: number): readonly Login[] {
    const due: Login[] = [];
    let left = MOST_ALONG;
    for (const read of reads.rvalues()) {
      if (read !== undefined && isDue(read, now)) due.push(read.login);
      if (--left === 0) break;
    }
    return due;
  }

  /**
   * Reads others that are in use and too old, or will be at once, in the same question: waking a store costs many times what a row of
   * its answer does, and else each session of a busy node wakes it once a second.
   */
  function startWithOthers(login: Login): SessionRead {
    const now = clock();
    const due = findDue(now);
    const read = start(login, now);
    for (const one of due) if (one.key !== login.key) start(one, now);
    return read;
  }

  return {
    read(login) {
      const read = reads.get(login.key);
      if (read === undefined || !isFresh(read, clock()) || !isOfSeller(read, login))
        return startWithOthers(login);
      read.isUsed = true;
      return read;
    },
    forget(key) {
      reads.delete(key);
    },
  };
}

function isOfSeller({ login: { worker } }: SessionRead, login: Login): boolean {
  return worker.sellerId === login.worker.sellerId;
}

function isDue({ isUsed, isDropped, startedAt }: SessionRead, now: number): boolean {
  const part = (now - startedAt) / AUTH_DEFAULTS.cacheMs;
  return isUsed && !isDropped && part >= ALONG_FROM && part < ALONG_UNTIL;
}

/** A clock that went back makes a read stale too: it must not be used for as long as the clock went back. */
export function isFresh({ startedAt, isDropped }: SessionRead, now: number): boolean {
  const age = now - startedAt;
  return !isDropped && age >= 0 && age < AUTH_DEFAULTS.cacheMs;
}
