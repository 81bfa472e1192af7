import { DAY } from "@garim/policy";
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

/** What waits to be written at most, and what is asked for at once. */
const MOST_WAITING = 100_000;
const MOST_AT_ONCE = 5_000;
/** No grant lives so long. */
const SWEEP_DAYS = 400;

/** Notes uses of grants. */
export function createGrantUses(options: GrantUsesOptions): GrantUses {
  const { database, clock = Date.now, flushMs = 60_000 } = options;
  const patience = createPatience("The database of grants' uses", AUTH_DEFAULTS.databaseAnswerMs);
  const noted = new LRUCache<string, number>({ max: MOST_WAITING });
  let waiting = new Map<string, readonly [grantId: string, scope: string, at: number]>();
  let sweptAt = Number.NEGATIVE_INFINITY;
  let underWay = Promise.resolve();

  const ask = (text: string, values: readonly unknown[]): Promise<StateAnswer> =>
    askAgain(() => patience(() => askDatabase(database, text, values)));

  function noteScope(grantId: string, scope: string, now: number): void {
    const name = `${grantId} ${scope}`;
    if (now - (noted.get(name) ?? Number.NEGATIVE_INFINITY) < DAY || waiting.size >= MOST_WAITING) return;
    noted.set(name, now);
    waiting.set(name, [grantId, scope, now]);
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
      for (const scope of scopesOf(kinds & grant.kinds, [purpose])) noteScope(grant.id, scope, now);
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
