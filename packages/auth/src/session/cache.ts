import { LRUCache } from "lru-cache";
import { AUTH_DEFAULTS } from "../defaults.ts";
import type { StateStore } from "../state/store.ts";
import { decodeSession, type SessionRecord } from "./record.ts";
import type { Checked } from "./session.ts";

/** One read of a session's record, shared by the requests of the next second. */
export interface SessionRead {
  /** When the read began, UTC milliseconds. */
  readonly startedAt: number;
  readonly record: Promise<SessionRecord | undefined>;
  /** Answers under way that need the store, by question: equal questions of parallel requests are asked once. */
  readonly answers: Map<string, Promise<Checked>>;
}

export interface SessionCache {
  /** The read of a key, at most {@link AUTH_DEFAULTS}.cacheMs old; a new one otherwise. */
  read(key: string): SessionRead;
  /** To be called after every write of a key: whoever asks from now on sees it. */
  forget(key: string): void;
}

export function createSessionCache(state: StateStore, clock: () => number): SessionCache {
  // What is dropped here is read again.
  const reads = new LRUCache<string, SessionRead>({ max: AUTH_DEFAULTS.cacheEntries });

  function start(key: string): SessionRead {
    const record = state.read(key).then((entry) => entry && decodeSession(entry.value));
    const read: SessionRead = { startedAt: clock(), record, answers: new Map() };
    reads.set(key, read);
    // A failure is told to those who wait for it, and never remembered.
    record.catch(() => reads.peek(key) === read && reads.delete(key));
    return read;
  }

  return {
    read(key) {
      const read = reads.get(key);
      return read !== undefined && isFresh(read, clock()) ? read : start(key);
    },
    forget(key) {
      reads.delete(key);
    },
  };
}

/** A clock that went back makes a read stale too: it must not be used for as long as the clock went back. */
function isFresh(read: SessionRead, now: number): boolean {
  const age = now - read.startedAt;
  return age >= 0 && age < AUTH_DEFAULTS.cacheMs;
}
