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
  /** Whose roster was read. */
  readonly sellerId: string | null;
  readonly stored: Promise<Stored>;
  /** Answers under way that need the store, by question: equal questions of parallel requests are asked once. */
  readonly answers: Map<string, Promise<Checked>>;
  /** Whether something was written since, or it was dropped: nothing is answered by it any more. */
  isDropped: boolean;
}

export interface SessionCache {
  /** The read of a log-in's session, at most {@link AUTH_DEFAULTS}.cacheMs old; a new one otherwise. */
  read(login: Login): SessionRead;
  /** To be called after every write that concerns a session: whoever asks from now on sees it. */
  forget(key: string): void;
}

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

  function start(login: Login): SessionRead {
    const { key } = login;
    const stored = load(login);
    const { sellerId } = login.worker;
    const now = clock();
    const read = { startedAt: now, sellerId, stored, answers: new Map(), isDropped: false };
    dropStale(reads, (one) => !isFresh(one, now));
    reads.set(key, read);
    // A failure is told to those who wait for it, and never remembered.
    stored.catch(() => reads.peek(key) === read && reads.delete(key));
    return read;
  }

  return {
    read(login) {
      const read = reads.get(login.key);
      const isUsable =
        read !== undefined && isFresh(read, clock()) && read.sellerId === login.worker.sellerId;
      return isUsable ? read : start(login);
    },
    forget(key) {
      reads.delete(key);
    },
  };
}

/** A clock that went back makes a read stale too: it must not be used for as long as the clock went back. */
export function isFresh({ startedAt, isDropped }: SessionRead, now: number): boolean {
  const age = now - startedAt;
  return !isDropped && age >= 0 && age < AUTH_DEFAULTS.cacheMs;
}
