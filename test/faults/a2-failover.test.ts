import { createAccessLog, type LogDatabase, type Receipt } from "@garim/audit";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { KEYS } from "../../packages/audit/test/sample.ts";
import { type PostgresService, startPostgresOrSkip } from "../services/postgres.ts";
import { startSteadyCallers } from "./steady-callers.ts";
import { lostOf, readStoredLog } from "./stored-log.ts";

const MINUTES = 60_000;
const PATIENT = { timeout: MINUTES, interval: 20 };
const CALLERS = 8;

const primary = await startPostgresOrSkip("a failover to a standby", {
  mustBeOwn: true,
  // A commit is answered when the standby has it on disk: what is acknowledged is on both.
  settings: { synchronous_standby_names: "standby", synchronous_commit: "on" },
});

function openPool(url: string): Pool {
  const pool = new Pool({ connectionString: url, max: 4, query_timeout: 10_000 });
  pool.on("error", () => undefined);
  return pool;
}

/** What a name in front of both servers does: whoever asks reaches the one it points to. */
class Pointer implements LogDatabase {
  #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> {
    return this.#pool.query(text, values);
  }

  pointTo(pool: Pool): void {
    this.#pool = pool;
  }
}

describe.skipIf(primary === undefined)(
  "[A2] the access log when its server dies and a standby takes over",
  () => {
    let standby: PostgresService | undefined;
    let old: Pool;
    let fresh: Pool;

    beforeAll(async () => {
      if (primary === undefined) return;
      standby = await startPostgresOrSkip("a failover to a standby", { standbyOf: primary });
      old = openPool(primary.url);
      fresh = openPool(standby?.url ?? "");
      await vi.waitFor(async () => {
        const { rows } = await old.query("select sync_state from pg_stat_replication");
        expect(rows).toEqual([{ sync_state: "sync" }]);
      }, PATIENT);
    }, MINUTES);
    afterAll(async () => {
      await old?.end();
      await fresh?.end();
      await standby?.stop();
      await primary?.stop();
    });

    it(
      "loses none that was acknowledged, doubles none, and answers nothing in between",
      async () => {
        const pointer = new Pointer(old);
        const log = await createAccessLog({ database: pointer, keys: KEYS, timeoutMs: MINUTES });
        const callers = startSteadyCallers(log, CALLERS);
        await expect.poll(() => callers.receipts.length, PATIENT).toBeGreaterThan(200);

        await primary?.kill();
        const before = new Map<number, Receipt>(callers.receipts.map((one) => [one.seq, one]));
        await expect(old.query("select 1")).rejects.toThrow();
        expect((await fresh.query("select pg_is_in_recovery() as isStandby")).rows).toEqual([
          { isstandby: true },
        ]);
        // By now every answer that was on its way has come.
        const whileNobodyAnswers = callers.receipts.length;
        await fresh.query("select pg_promote()");
        expect(callers.receipts.length).toBe(whileNobodyAnswers);

        pointer.pointTo(fresh);
        await expect.poll(() => callers.receipts.length, PATIENT).toBeGreaterThan(whileNobodyAnswers + 200);
        await callers.stop();
        await log.close();

        const stored = await readStoredLog(fresh);
        expect(stored.faults).toEqual([]);
        expect(lostOf([...before.values(), ...callers.receipts], stored)).toEqual([]);
        expect(callers.refusals).toEqual([]);
        // What was asked for again under the same batch is there once: nobody appended anything else.
        expect(stored.records.length).toBe(callers.receipts.length);
        expect(new Set(callers.receipts.map(({ seq }) => seq)).size).toBe(callers.receipts.length);
      },
      2 * MINUTES,
    );
  },
);
