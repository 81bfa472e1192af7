import { Pool, type PoolClient } from "pg";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { startPostgresOrSkip } from "../../../../test/services/postgres.ts";
import { appendAt, makeOldLog, monthsAgo } from "../../test/old-log.ts";
import { KEYS, samplePage } from "../../test/sample.ts";
import { createAccessLog } from "../log.ts";

const postgres = await startPostgresOrSkip("retention of several at once on PostgreSQL");
const pool = new Pool({ connectionString: postgres?.url, max: 8 });
pool.on("error", () => undefined);

afterAll(async () => {
  await pool.end();
  await postgres?.stop();
});

const MONTH = monthsAgo(28);
const HOLD = "00000000-0000-4000-8000-000000000001";

/** Runs with a connection of its own, in a transaction that is given back unfinished. */
async function within(run: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await run(client);
  } finally {
    await client.query("rollback");
    client.release();
  }
}

/** Waits until somebody waits for a lock on a table of the log. */
async function untilSomebodyWaits(table: string): Promise<void> {
  const asks =
    "select count(*)::int as count from pg_locks where not granted and relation = $1::text::regclass";
  await expect
    .poll(async () => (await pool.query(asks, [`garim.${table}`])).rows, { timeout: 15_000 })
    .toEqual([{ count: 1 }]);
}

describe.skipIf(postgres === undefined)("garim.destroy_month beside others", { timeout: 60_000 }, () => {
  let place = 0;

  const destroy = (lockWait: string) =>
    pool.query("select garim.destroy_month($1, $2, $3)::int as records", [MONTH, place, lockWait]);

  beforeEach(async () => {
    await makeOldLog(pool, [MONTH]);
    const said = { action: "destroy-records", outcome: "done", detail: { month: MONTH } } as const;
    place = await appendAt(pool, monthsAgo(0), [samplePage(0, said)]);
    await pool.query("update garim.log_sealer set size = (select batches from garim.log_head)");
  });

  it("waits for a hold that is being placed, and then does not pass it", async () => {
    let destroying: Promise<unknown> | undefined;
    await within(async (client) => {
      await client.query(`select garim.hold('${HOLD}', '2000-01-01', 'infinity', 'case', 'kim')`);
      destroying = destroy("30s").catch((error: unknown) => error);
      await untilSomebodyWaits("log_hold");
      await client.query("commit");
    });
    expect(await destroying).toMatchObject({ code: "GR003" });
  });

  it("lets a hold wait that comes while it runs, which then tells that the month is gone", async () => {
    let holding: Promise<{ rows: unknown[] }> | undefined;
    await within(async (client) => {
      await client.query("select garim.destroy_month($1, $2, '5s')", [MONTH, place]);
      holding = pool.query(`select garim.hold('${HOLD}', '2000-01-01', 'infinity', 'case', 'kim') as gone`);
      await untilSomebodyWaits("log_hold");
      await client.query("commit");
    });
    expect((await holding)?.rows).toEqual([{ gone: MONTH }]);
  });

  it("leaves everything as it was where somebody reads for longer than it waits", async () => {
    await within(async (client) => {
      await client.query("select from garim.log_record");
      await expect(destroy("100ms")).rejects.toMatchObject({ code: "55P03" });
    });
    const kept = await pool.query("select count(*)::int as count from garim.log_kept");
    expect(kept.rows).toEqual([{ count: 0 }]);
    expect((await destroy("30s")).rows).toEqual([{ records: 4 }]);
  });

  it("is done by one of two at once, and the other finds it done", async () => {
    const both = await Promise.all([destroy("30s"), destroy("30s")]);
    expect(both.map(({ rows }) => (rows[0] as { readonly records: number }).records).toSorted()).toEqual([
      0, 4,
    ]);
  });

  it("loses no record that is appended meanwhile", async () => {
    const log = await createAccessLog({ database: pool, keys: KEYS });
    const appended = Array.from({ length: 50 }, () => log.append(samplePage(1)));
    await destroy("30s");
    const places = (await Promise.all(appended)).map(({ seq }) => seq);
    await log.close();
    expect(new Set(places).size).toBe(50);
    const { rows } = await pool.query("select count(*)::int as count from garim.log_record");
    expect(rows).toEqual([{ count: 51 }]);
  });
});
