import type { Keeper } from "../on-record.ts";
import type { KeepingOptions } from "../options.ts";
import type { Destruction } from "../retention/destruction.ts";
import { migrateDuties } from "../tables/migration.ts";
import { type Claims, createClaims, EACH_DAY } from "./claims.ts";
import type { DutyNotice, DutyReport } from "./notice.ts";
import { type DutyPlaces, isOnce, listNotices } from "./notices.ts";

export interface DutyClockOptions extends Pick<KeepingOptions, "database" | "clock">, DutyPlaces {}

/** What the clock destroyed of one kind of record, or why it could not go on. */
export interface ClockRun {
  readonly recordType: string;
  readonly destructions: readonly Destruction[];
  /** What the host, or the log, threw: the same is tried again the next time. */
  readonly failed?: unknown;
}

/**
 * What the duties ask by the clock. Any number of nodes may ask for it each hour: what one of them does no other one does. Moments are
 * UTC milliseconds.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`; whatever the host's `list` throws
 * @source pipa/21, pipa/34-1, pipa/35
 */
export interface DutyClock {
  /** Everything that waits now, what is overdue first. */
  waiting(): Promise<readonly DutyNotice[]>;
  /**
   * Tells the host what waits: of each thing once a day, and at once where it becomes overdue. What `send` rejects is told again the
   * next time.
   *
   * @returns of how many things
   */
  tell(send: (report: DutyReport) => unknown): Promise<number>;
  /**
   * Stores apart and destroys what may go now of some kinds of records, once a day, and calls the tools that are late. It stands in the
   * certificates as `system garim-clock`.
   */
  destroy(recordTypes: readonly string[]): Promise<readonly ClockRun[]>;
}

/** In whose name the clock works. */
const KEEPER: Keeper = {
  actor: { kind: "system", id: "garim-clock", sellerId: null },
  session: null,
  factor: null,
  origin: { ip: "local", agent: null },
  route: "clock",
};

/**
 * Opens the clock of the duties.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`, `ERR_GARIM_SCHEMA_VERSION`
 */
export async function createDutyClock(options: DutyClockOptions): Promise<DutyClock> {
  const { database, clock = Date.now, ...places } = options;
  await migrateDuties(database);
  const claims = createClaims(database);
  const run = createRun(places, claims, clock);

  return {
    waiting: () => listNotices(places, clock()),
    async tell(send) {
      const at = clock();
      const waiting = await listNotices(places, at);
      const mine = new Set(await claims.take(keysOf(waiting), at));
      const notices = waiting.filter(({ key }) => mine.has(key));
      if (notices.length === 0) return 0;
      try {
        await send({ at, notices });
      } catch (error) {
        await claims.giveBack(keysOf(notices), at);
        throw error;
      }
      await settle(notices, at, claims);
      return notices.length;
    },
    async destroy(recordTypes) {
      const ran: ClockRun[] = [];
      for (const recordType of recordTypes) ran.push(...(await run(recordType)));
      if (places.retention.callsTools) await places.retention.callTools(KEEPER);
      return ran;
    },
  };
}

const keysOf = (some: readonly DutyNotice[]): readonly string[] => some.map(({ key }) => key);

/** What is told once is not told again while anybody knows of it. */
const NEVER_MS = 365 * EACH_DAY;

async function settle(notices: readonly DutyNotice[], at: number, claims: Claims): Promise<void> {
  const once = notices.filter(isOnce);
  if (once.length > 0) await claims.settle(keysOf(once), at + NEVER_MS);
  const daily = notices.filter((one) => !isOnce(one));
  if (daily.length > 0) await claims.settle(keysOf(daily), at + EACH_DAY);
}

/** Runs one kind of record through, page by page; nothing where another node does, or did today. */
function createRun(
  { retention }: DutyPlaces,
  claims: Claims,
  clock: () => number,
): (recordType: string) => Promise<readonly ClockRun[]> {
  async function runStore(
    recordType: string,
    store: "used" | "apart",
    name: readonly string[],
    destructions: Destruction[],
  ): Promise<void> {
    for (let after: string | undefined; ; ) {
      const asked = { recordType, store, ...(after === undefined ? {} : { after }) };
      const { destructions: done, next } = await retention.run(asked, KEEPER);
      destructions.push(...done);
      if (next === null) return;
      after = next;
      await claims.hold(name, clock());
    }
  }

  return async (recordType) => {
    const name = [`destroy ${recordType}`];
    if ((await claims.take(name, clock())).length === 0) return [];
    const destructions: Destruction[] = [];
    try {
      await runStore(recordType, "used", name, destructions);
      await runStore(recordType, "apart", name, destructions);
    } catch (failed) {
      await claims.giveBack(name, clock());
      return [{ recordType, destructions, failed }];
    }
    await claims.settle(name, clock() + EACH_DAY);
    return [{ recordType, destructions }];
  };
}
