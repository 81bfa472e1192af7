import { setTimeout as sleep } from "node:timers/promises";
import { type AccessLog, createAccessLog, type Receipt } from "@garim/audit";
import { Pool } from "pg";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { KEYS, samplePage } from "../../packages/audit/test/sample.ts";
import { startPostgresOrSkip } from "../services/postgres.ts";
import { type Cut, CuttingProxy, type Passed } from "./cutting-proxy.ts";
import { type Chance, chanceOf, SEED } from "./seeded.ts";
import { startSteadyCallers } from "./steady-callers.ts";
import { lostOf, readStoredLog } from "./stored-log.ts";

const MINUTES = 60_000;
const PATIENT = { timeout: MINUTES, interval: 5 };
const CUTS = 400;
const KILLS = 12;
/** Appended at once, so that they share a batch. */
const CALLERS = 5;

const postgres = await startPostgresOrSkip("answers of PostgreSQL lost on their way", { mustBeOwn: true });

describe.skipIf(postgres === undefined)("[A2] the access log on a wire that breaks", () => {
  const admin = openPool(postgres?.url ?? "");
  let proxy: CuttingProxy;
  let pool: Pool;
  let log: AccessLog;

  beforeEach(async () => {
    await admin.query("drop schema if exists garim cascade");
    const url = new URL(postgres?.url ?? "");
    proxy = await CuttingProxy.start(Number(url.port));
    url.port = String(proxy.port);
    pool = openPool(url.href);
    log = await createAccessLog({ database: pool, keys: KEYS, timeoutMs: MINUTES });
  });
  afterEach(async () => {
    await log.close();
    await pool.end();
    await proxy.stop();
  });
  afterAll(async () => {
    await admin.end();
    await postgres?.stop();
  });

  const appendSome = (): Promise<readonly Receipt[]> =>
    Promise.all(Array.from({ length: CALLERS }, () => log.append(samplePage(2))));

  const readSize = async (): Promise<number> => {
    const { rows } = await admin.query("select size::text from garim.log_head");
    return Number(rows[0].size);
  };

  /** How many bytes one batch takes each way, on a connection that is there and on a new one. */
  async function measure(
    acknowledged: Receipt[],
  ): Promise<{ readonly open: Passed; readonly fresh: Passed }> {
    const one = async (): Promise<Passed> => {
      proxy.count();
      acknowledged.push(...(await appendSome()));
      return proxy.passed;
    };
    proxy.cutAll();
    const fresh = await one();
    return { open: await one(), fresh };
  }

  async function expectEachOnce(acknowledged: readonly Receipt[]): Promise<void> {
    const stored = await readStoredLog(admin);
    expect(stored.faults).toEqual([]);
    expect(lostOf(acknowledged, stored)).toEqual([]);
    expect(stored.records.length).toBe(acknowledged.length);
  }

  it(
    `neither loses nor doubles a record, wherever it breaks (${CUTS} times, GARIM_SEED=${SEED})`,
    async () => {
      const chance = chanceOf(SEED);
      const acknowledged = [...(await appendSome())];
      const { open, fresh } = await measure(acknowledged);
      const seen = { "in time": 0, "not cut": 0, committed: 0, "not committed": 0 };
      for (let round = 0; round < CUTS; round++) {
        const isFresh = chance.below(1) < 0.2;
        if (isFresh) proxy.cutAll();
        const isHeld = chance.below(1) < 0.5;
        const isCut = proxy.arm(chooseCut(chance, isFresh ? fresh : open)).then(() => {
          proxy.isOpen = !isHeld;
          return true;
        });
        const before = acknowledged.length;
        const work = appendSome();
        if (!(await Promise.race([isCut, work.then(() => false)]))) seen["not cut"]++;
        else if (isHeld) seen[(await isCommitted(before)) ? "committed" : "not committed"]++;
        else seen["in time"]++;
        proxy.isOpen = true;
        acknowledged.push(...(await work));
        proxy.disarm();
      }
      await expectEachOnce(acknowledged);
      // What is lost on the way is sometimes the batch and sometimes its acknowledgement.
      expect(seen.committed).toBeGreaterThan(CUTS / 20);
      expect(seen["not committed"]).toBeGreaterThan(CUTS / 20);
      expect(seen["in time"]).toBeGreaterThan(CUTS / 20);
    },
    5 * MINUTES,
  );

  /** What became of the batch, once no server process is at it; the log may not try again meanwhile. */
  async function isCommitted(before: number): Promise<boolean> {
    await vi.waitFor(async () => {
      const { rows } = await admin.query(
        "select from pg_stat_activity where state = 'active' and query like 'select garim.append%'",
      );
      expect(rows).toEqual([]);
    });
    return (await readSize()) > before;
  }

  it(
    `neither loses nor doubles a record when PostgreSQL is killed before it could say so (${KILLS} times, GARIM_SEED=${SEED})`,
    async () => {
      const chance = chanceOf(SEED);
      const acknowledged = [...(await appendSome())];
      const { open } = await measure(acknowledged);
      let committed = 0;
      for (let round = 0; round < KILLS; round++) {
        const isAnswered = round % 2 === 0;
        const cut: Cut = isAnswered
          ? { stream: "answer", afterBytes: chance.wholeBelow(open.answer), leavesServer: true }
          : { stream: "request", afterBytes: open.request, leavesServer: true };
        const isCut = proxy.arm(cut).then(() => {
          proxy.isOpen = false;
        });
        const work = appendSome();
        await isCut;
        if (!isAnswered) await sleep(chance.below(8));
        await postgres?.kill();
        const meanwhile = appendSome();
        await postgres?.restart();
        if ((await readSize()) > acknowledged.length) committed++;
        proxy.isOpen = true;
        acknowledged.push(...(await work), ...(await meanwhile));
      }
      await expectEachOnce(acknowledged);
      expect(committed).toBeGreaterThanOrEqual(KILLS / 2);
    },
    5 * MINUTES,
  );

  it(
    `keeps each acknowledged record when PostgreSQL is killed under load, in sessions that would not wait for the disk (${KILLS} times, GARIM_SEED=${SEED})`,
    async () => {
      const chance = chanceOf(SEED);
      const careless = openPool(postgres?.url ?? "", "-c synchronous_commit=off");
      const own = await createAccessLog({ database: careless, keys: KEYS, timeoutMs: MINUTES });
      const callers = startSteadyCallers(own, 4 * CALLERS);
      const { receipts } = callers;
      try {
        for (let round = 0; round < KILLS; round++) {
          const before = receipts.length;
          await vi.waitFor(() => expect(receipts.length).toBeGreaterThan(before + 50), PATIENT);
          await sleep(chance.below(100));
          await postgres?.kill();
          await postgres?.restart();
        }
      } finally {
        await callers.stop();
        await own.close();
        await careless.end();
      }
      expect(callers.refusals).toEqual([]);
      await expectEachOnce(receipts);
    },
    5 * MINUTES,
  );

  it(
    "goes on by itself when a server that answered nothing is replaced, though its connections never end",
    async () => {
      const own = await createAccessLog({ database: pool, keys: KEYS, timeoutMs: 250 });
      const callers = startSteadyCallers(own, CALLERS);
      const { receipts, refusals } = callers;
      const more = (list: readonly unknown[], count: number): Promise<void> => {
        const before = list.length;
        return vi.waitFor(() => expect(list.length).toBeGreaterThan(before + count), PATIENT);
      };
      try {
        await more(receipts, 20);
        proxy.vanish();
        // By then every connection that the log gives a frozen database is lost.
        await more(refusals, 6 * CALLERS);
        proxy.comeBack();
        await more(receipts, 20);
      } finally {
        await callers.stop();
        await own.close();
        proxy.cutAll();
      }
      expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(["ERR_GARIM_LOG_BUSY"]));
      const stored = await readStoredLog(admin);
      expect(stored.faults).toEqual([]);
      expect(lostOf(receipts, stored)).toEqual([]);
    },
    5 * MINUTES,
  );
});

/** Anywhere in the batch's bytes or in its answer's, the edges more often than by chance alone. */
function chooseCut(chance: Chance, passed: Passed): Cut {
  const stream = chance.below(1) < 0.5 ? "request" : "answer";
  const last = passed[stream] - (stream === "answer" ? 1 : 0);
  const places = [
    0,
    1,
    last - 1,
    last,
    chance.wholeBelow(last),
    chance.wholeBelow(last),
    chance.wholeBelow(last),
  ];
  const afterBytes = places[chance.wholeBelow(places.length)] ?? 0;
  return { stream, afterBytes, leavesServer: chance.below(1) < 0.5 };
}

function openPool(url: string, options?: string): Pool {
  const pool = new Pool({ connectionString: url, max: 10, options });
  pool.on("error", () => undefined);
  return pool;
}
