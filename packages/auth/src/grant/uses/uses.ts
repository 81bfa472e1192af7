import { DAY, type KindSet, NO_KINDS } from "@garim/policy";
import { LRUCache } from "lru-cache";
import { AUTH_DEFAULTS } from "../../defaults.ts";
import { askAgain, askDatabase, type StateAnswer, type StateDatabase } from "../../state/database.ts";
import { createPatience } from "../../state/patience.ts";
import { GRANT_DEFAULTS } from "../defaults.ts";
import { findUnused, scopesOf } from "./unused.ts";
import type { GrantUses } from "./use.ts";
import { FIND, NOTE, SWEEP } from "./use-sql.ts";

export interface GrantUsesOptions {
  /** A pool or PGlite; the tables are made by the follower. */
  readonly database: StateDatabase;
  /** UTC milliseconds; the system's clock if left out. */
  readonly clock?: () => number;
  /** How often what was noted is written; a minute if left out. */
  readonly flushMs?: number;
}

/** What was noted of a grant today. */
interface Seen {
  readonly since: number;
  kinds: KindSet;
  readonly purposes: Set<string>;
}

/** Grants whose uses are remembered. */
const MOST_SEEN = 20_000;
/** What waits to be written at most, and what is asked for at once. */
const MOST_WAITING = 100_000;
const MOST_AT_ONCE = 5_000;
/** No grant lives so long. */
const SWEEP_DAYS = 400;

/** Notes uses of grants. */
export function createGrantUses(options: GrantUsesOptions): GrantUses {
  const { database, clock = Date.now, flushMs = 60_000 } = options;
  const patience = createPatience("The database of grants' uses", AUTH_DEFAULTS.databaseAnswerMs);
  const seen = new LRUCache<string, Seen>({ max: MOST_SEEN });
  let waiting = new Map<string, readonly [grantId: string, scope: string, at: number]>();
  let sweptAt = Number.NEGATIVE_INFINITY;
  let underWay = Promise.resolve();

  const ask = (text: string, values: readonly unknown[]): Promise<StateAnswer> =>
    askAgain(() => patience(() => askDatabase(database, text, values)));

  /** What of a grant is noted already; begins anew each day. */
  function seenOf(grantId: string, now: number): Seen {
    const found = seen.get(grantId);
    if (found !== undefined && now - found.since < DAY) return found;
    const made: Seen = { since: now, kinds: NO_KINDS, purposes: new Set() };
    seen.set(grantId, made);
    return made;
  }

  async function write(): Promise<void> {
    const taken = waiting;
    waiting = new Map();
    const uses = [...taken.values()];
    try {
      while (uses.length > 0) {
        await ask(NOTE, [JSON.stringify(uses.slice(0, MOST_AT_ONCE))]);
        for (const [grantId, scope] of uses.splice(0, MOST_AT_ONCE)) taken.delete(`${grantId} ${scope}`);
      }
      await sweep();
    } finally {
      // What was not written comes again; a later use of the same is the later one.
      waiting = new Map([...taken, ...waiting]);
    }
  }

  async function sweep(): Promise<void> {
    const now = clock();
    if (now - sweptAt < DAY) return;
    sweptAt = now;
    await ask(SWEEP, [now - SWEEP_DAYS * DAY]);
  }

  function flush(): Promise<void> {
    const done = underWay.then(write);
    underWay = done.catch(() => undefined);
    return done;
  }

  const timer = setInterval(() => void flush().catch(() => undefined), flushMs).unref();
  return {
    flush,
    note(grant, kinds, purpose) {
      const now = clock();
      const known = seenOf(grant.id, now);
      const used = kinds & grant.kinds;
      // Asked for every line: nearly always all of it is noted already.
      if ((used & ~known.kinds) === NO_KINDS && known.purposes.has(purpose)) return;
      if (waiting.size >= MOST_WAITING || !grant.purposes.includes(purpose)) return;
      for (const scope of scopesOf(used & ~known.kinds, [purpose]))
        waiting.set(`${grant.id} ${scope}`, [grant.id, scope, now]);
      known.kinds |= used;
      known.purposes.add(purpose);
    },
    async unused(grants) {
      await flush();
      const now = clock();
      const usedAt = new Map(grants.map(({ id }) => [id, new Map<string, number>()]));
      for (let from = 0; from < grants.length; from += MOST_AT_ONCE) {
        const ids = grants.slice(from, from + MOST_AT_ONCE).map(({ id }) => id);
        const { found } = await ask(FIND, [JSON.stringify(ids)]);
        for (const [id, scope, at] of JSON.parse(String(found))) usedAt.get(id)?.set(scope, at);
      }
      const unused = grants.map((grant) =>
        findUnused(grant, usedAt.get(grant.id) ?? new Map(), now, GRANT_DEFAULTS.unusedDays),
      );
      return unused.filter((one) => one !== undefined);
    },
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}
