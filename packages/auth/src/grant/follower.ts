import { askRows, failUnavailable, type StateDatabase } from "../state/database.ts";
import { migrateState } from "../state/migration.ts";
import { createPatience } from "../state/patience.ts";
import { stateUnavailable } from "../state/store.ts";
import { GRANT_DEFAULTS } from "./defaults.ts";
import { VERSIONS } from "./entry-sql.ts";

/** Something of which every node keeps a copy. */
export interface FollowedSource {
  /** The row of garim.version that every change of it raises. */
  readonly name: string;
  /**
   * Loads what changed after a version into the copy, or everything where `since` is `null`, which replaces the copy. It must
   * settle, and change nothing once it has rejected.
   *
   * @returns the version the copy has now
   */
  load(since: number | null): Promise<number>;
}

/** How one source is known here. */
export interface Followed {
  /**
   * Says that the copy may be used.
   *
   * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where it was not confirmed within the last second
   */
  check(): void;
}

/** Keeps copies of what is granted as it is in the database: what one node changes, every node knows within a second. */
export interface Follower {
  /** Loads a source, and follows it from then on. */
  follow(source: FollowedSource): Promise<Followed>;
  /** Asks the database now. Rejects where it does not answer. */
  refresh(): Promise<void>;
  /** Resolves where the copies may be used, at once or after asking: a request that begins with it waits where it would fail. */
  ready(): Promise<void>;
  /** To be called for each change this node stored: other nodes may be told at once, see {@link FollowerOptions.onChange}. */
  changed(): void;
  /** Asks no more. Copies are stale a second later. */
  close(): Promise<void>;
}

export interface FollowerOptions {
  readonly database: StateDatabase;
  /** Milliseconds that never go back; `performance.now` if left out. */
  readonly monotonic?: () => number;
  /** UTC milliseconds; the system's clock if left out. While a machine sleeps, only this one goes on. */
  readonly clock?: () => number;
  /** {@link GRANT_DEFAULTS}.pollMs if left out; at most a third of `staleMs`. */
  readonly pollMs?: number;
  /** {@link GRANT_DEFAULTS}.staleMs if left out, and at most that. */
  readonly staleMs?: number;
  /** How long it waits for the database, milliseconds; {@link GRANT_DEFAULTS}.answerMs if left out. */
  readonly answerMs?: number;
  /** Told once of each time the database goes away, and once of its coming back with `null`. Must not throw. */
  readonly onOutage?: (error: unknown) => void;
  /** Told of each change this node stored, for hints to other nodes, whose `refresh()` they call. Must not throw. */
  readonly onChange?: () => void;
}

/** How often a request that waits has the database asked. */
const READY_TRIES = 3;

interface Copy extends Followed {
  /** Loads where the version is another one, and confirms. */
  bring(version: number, askedAt: Instant): Promise<void>;
  readonly isFresh: () => boolean;
}

/**
 * Makes the follower of a node: one for all that it follows, so that one small query four times a second is all it costs.
 *
 * No timer keeps the process alive. It works through any pool and any transaction pooler.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`, `ERR_GARIM_SCHEMA_VERSION`
 */
export async function createFollower(options: FollowerOptions): Promise<Follower> {
  const { database, onOutage = () => undefined, onChange: changed = () => undefined } = options;
  const time = createTime(options);
  const { pollMs = GRANT_DEFAULTS.pollMs } = options;
  const staleMs = Math.min(options.staleMs ?? GRANT_DEFAULTS.staleMs, GRANT_DEFAULTS.staleMs);
  const patience = createPatience(
    "The database of grants and tools",
    options.answerMs ?? GRANT_DEFAULTS.answerMs,
  );
  const copies = new Map<FollowedSource, Copy>();
  let underWay: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let isOut = false;

  async function readVersions(): Promise<ReadonlyMap<string, number>> {
    const rows = await patience(() => askRows(database, VERSIONS, []));
    return new Map(rows.map(({ name, version }) => [String(name), Number(version)]));
  }

  async function poll(): Promise<void> {
    const askedAt = time.now();
    const versions = await readVersions();
    const brought = [...copies].map(([{ name }, copy]) => copy.bring(versions.get(name) ?? 0, askedAt));
    const failed = (await Promise.allSettled(brought)).find((one) => one.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  }

  function start(): Promise<void> {
    underWay = poll().finally(() => {
      underWay = undefined;
    });
    return underWay;
  }

  /** Polls once at a time. Who asks while one is under way waits for the next: the present one may have looked before. */
  function refresh(): Promise<void> {
    if (underWay === undefined) return start();
    next ??= underWay
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return underWay ?? start();
      });
    return next;
  }

  async function pollOn(): Promise<void> {
    await refresh().then(tellBack, tellOut);
    if (!isClosed) schedule();
  }

  function tellBack(): void {
    if (isOut) onOutage(null);
    isOut = false;
  }

  function tellOut(error: unknown): void {
    if (!isOut && !isClosed) onOutage(error);
    isOut = true;
  }

  /** A fifth more or less, so that nodes that started together do not ask together. */
  function schedule(): void {
    timer = setTimeout(() => void pollOn(), pollMs * (0.8 + 0.4 * Math.random())).unref();
  }

  await migrateState(database).catch(failUnavailable);
  schedule();
  return {
    async follow(source) {
      const copy = makeCopy(source, time, staleMs);
      const askedAt = time.now();
      await copy.bring(Number.NaN, askedAt);
      copies.set(source, copy);
      return copy;
    },
    refresh,
    changed,
    async ready() {
      const isFresh = (): boolean => [...copies.values()].every((copy) => copy.isFresh());
      // The question under way may do, for all who wait. An answer that took long is old when it comes: then once more.
      for (let left = READY_TRIES; left > 0 && !isFresh(); left--) await (underWay ?? start());
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await underWay?.catch(() => undefined);
    },
  };
}

/** A moment by both clocks. */
interface Instant {
  readonly monotonic: number;
  readonly wall: number;
}

interface Time {
  now(): Instant;
  /** Milliseconds since then, by the clock that went further: one may have stood still, or gone back. */
  since(instant: Instant): number;
}

function createTime({ monotonic = () => performance.now(), clock = Date.now }: FollowerOptions): Time {
  return {
    now: () => ({ monotonic: monotonic(), wall: clock() }),
    since: (instant) => Math.max(monotonic() - instant.monotonic, clock() - instant.wall),
  };
}

function makeCopy(source: FollowedSource, time: Time, staleMs: number): Copy {
  let seen: number | null = null;
  let confirmedAt: Instant | undefined;
  const isFresh = (): boolean => confirmedAt !== undefined && time.since(confirmedAt) <= staleMs;
  return {
    isFresh,
    async bring(version, askedAt) {
      // A version that went back is another database's, restored or promoted: nothing that is known here is sure.
      if (seen === null || version < seen) seen = await source.load(null);
      else if (version > seen) seen = Math.max(version, await source.load(seen));
      confirmedAt = askedAt;
    },
    check() {
      if (isFresh()) return;
      throw stateUnavailable(
        `What this node knows of ${source.name} was not confirmed within ${staleMs} ms, so it is not used. Check that the database can be reached, and that this process is not too busy to ask it.`,
      );
    },
  };
}
