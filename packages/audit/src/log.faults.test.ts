import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { Pool } from "pg";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startPostgresOrSkip } from "../../../test/services/postgres.ts";
import { asLogged, KEYS, samplePage, sampleRow } from "../test/sample.ts";
import type { Receipt } from "./access.ts";
import { appendBatch } from "./commit/batch.ts";
import { queryTexts } from "./database.ts";
import { type AccessLog, createAccessLog } from "./log.ts";

const postgres = await startPostgresOrSkip("faults of the access log", { mustBeOwn: true });
const pools: Pool[] = [];

function openPool(options?: string): Pool {
  const pool = new Pool({ connectionString: postgres?.url, max: 4, options });
  pool.on("error", () => undefined);
  pools.push(pool);
  return pool;
}

afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await postgres?.stop();
});

/** Appends one after the other until told to stop; what was acknowledged, and how many appends were refused. */
async function appendUntil(log: AccessLog, isOver: () => boolean) {
  const receipts: Receipt[] = [];
  let refused = 0;
  while (!isOver())
    await log.append(samplePage(2)).then(
      (receipt) => receipts.push(receipt),
      () => refused++,
    );
  return { receipts, refused };
}

async function readAll(pool: Pool): Promise<string[]> {
  const log = await createAccessLog({ database: pool, keys: KEYS });
  const all: string[] = [];
  for (let before: number | null = Number.MAX_SAFE_INTEGER; before !== null; ) {
    const page = await log.find({}, { before, limit: 1_000 });
    all.push(...page.entries.map(({ seq, id }) => `${seq} ${id}`));
    before = page.next;
  }
  await log.close();
  return all.reverse();
}

function expectGapless(records: readonly string[]): void {
  expect(records.map((record) => Number(record.split(" ")[0]))).toEqual(records.map((_, i) => i + 1));
}

describe.skipIf(postgres === undefined)("the log on a PostgreSQL that fails", () => {
  const admin = openPool();

  beforeEach(async () => {
    await admin.query("drop schema if exists garim cascade");
  });

  it("[A2] neither loses nor doubles a record when connections are ended in the middle of batches", async () => {
    const logs = await Promise.all(
      [1, 2].map(() => createAccessLog({ database: openPool("-c application_name=victim"), keys: KEYS })),
    );
    const end = performance.now() + 2_500;
    const isOver = () => performance.now() > end;
    const work = logs.flatMap((log) => Array.from({ length: 8 }, () => appendUntil(log, isOver)));
    let ended = 0;
    while (!isOver()) {
      const { rows } = await admin.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'victim' and state = 'active'",
      );
      ended += rows.length;
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    const done = await Promise.all(work);
    await Promise.all(logs.map((log) => log.close()));
    const records = await readAll(admin);

    expect(ended).toBeGreaterThan(5);
    expect(done.map(({ refused }) => refused)).toEqual(done.map(() => 0));
    expectGapless(records);
    expect(records.toSorted()).toEqual(
      done.flatMap(({ receipts }) => receipts.map(({ seq, id }) => `${seq} ${id}`)).toSorted(),
    );
  });

  it("[A1] keeps every acknowledged record when the server is killed", async () => {
    const log = await createAccessLog({ database: openPool(), keys: KEYS, timeoutMs: 400 });
    let isOver = false;
    const work = Array.from({ length: 8 }, () => appendUntil(log, () => isOver));
    for (let round = 0; round < 2; round++) {
      await new Promise((resolve) => setTimeout(resolve, 400));
      await postgres?.kill();
      await new Promise((resolve) => setTimeout(resolve, 600));
      await postgres?.restart();
      // It takes records again by itself, however long this machine needs for it.
      await vi.waitFor(() => log.append(samplePage(1)), 30_000);
    }
    isOver = true;
    const done = await Promise.all(work);
    await log.close();
    const records = await readAll(admin);
    const acknowledged = done.flatMap(({ receipts }) => receipts.map(({ seq, id }) => `${seq} ${id}`));

    expectGapless(records);
    expect(new Set(records.map((record) => record.split(" ")[1])).size).toBe(records.length);
    expect(acknowledged.filter((record) => !records.includes(record))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(20);
    expect(done.reduce((sum, { refused }) => sum + refused, 0)).toBeGreaterThan(0);
    const gaps = await queryTexts(admin, "select seq::text from garim.log_record where action = 'gap'");
    expect(gaps.length).toBeGreaterThan(0);
  });

  it("waits for the lock of another node only as long as somebody waits for the record", async () => {
    const log = await createAccessLog({ database: openPool(), keys: KEYS, timeoutMs: 800 });
    const blocker = await admin.connect();
    try {
      await blocker.query("begin");
      await blocker.query("select from garim.log_head for update");
      await expect(log.append(samplePage(1))).rejects.toEqual(
        expect.objectContaining({ code: "ERR_GARIM_LOG_BUSY" }),
      );
      // The server's own patience began a moment later than ours.
      await new Promise((resolve) => setTimeout(resolve, 500));
    } finally {
      // Ends its session, and so the lock, also where the test failed.
      blocker.release(true);
    }
    expect((await log.append(samplePage(1))).seq).toBe(1);
  });

  it("[A2] appends a batch once when its retry overtakes it at the lock", async () => {
    const pool = openPool();
    await createAccessLog({ database: pool, keys: KEYS });
    const blocker = await admin.connect();
    await blocker.query("begin");
    await blocker.query("select from garim.log_head for update");
    const id = randomUUID();
    const row = sampleRow();
    const calls = [1, 2, 3].map(() => appendBatch(pool, id, [row, row], 15_000));
    const waiting =
      "select from pg_stat_activity where wait_event_type = 'Lock' and query like '%garim.append%'";
    await vi.waitFor(async () => expect((await admin.query(waiting)).rows).toHaveLength(3), 10_000);
    blocker.release(true);
    expect(await Promise.all(calls)).toEqual([1, 1, 1]);
    expect(await queryTexts(admin, "select count(*)::text as n from garim.log_record")).toEqual([{ n: "2" }]);
  });

  it("writes to disk before it answers, also in a session that would not", async () => {
    const log = await createAccessLog({ database: openPool("-c synchronous_commit=off"), keys: KEYS });
    await admin.query(`create table garim.seen (setting text);
      create function garim.look() returns trigger language plpgsql as
        'begin insert into garim.seen values (current_setting(''synchronous_commit'')); return new; end';
      create trigger look before insert on garim.log_record for each row execute function garim.look()`);
    await log.append(samplePage(1));
    expect(await queryTexts(admin, "select setting from garim.seen")).toEqual([{ setting: "on" }]);
  });

  it("needs no right on any table but to read, once the tables are there", async () => {
    await createAccessLog({ database: admin, keys: KEYS });
    await admin.query(`drop role if exists garim_app; create role garim_app;
      grant usage on schema garim to garim_app;
      grant select on all tables in schema garim to garim_app;
      grant execute on all functions in schema garim to garim_app`);
    const log = await createAccessLog({ database: openPool("-c role=garim_app"), keys: KEYS });
    await log.append(samplePage(1));
    expect((await log.find({})).entries).toHaveLength(1);
    await admin.query("drop schema garim cascade; drop role garim_app");
  });
});

describe("the log in a PGlite folder", () => {
  it("keeps its records when it is opened again", async () => {
    const folder = await mkdtemp(join(tmpdir(), "garim-pglite-"));
    try {
      for (const round of [1, 2]) {
        const database = await PGlite.create(join(folder, "data"));
        const log = await createAccessLog({ database, keys: KEYS });
        expect((await log.append(samplePage(3))).seq).toBe(round);
        const { entries } = await log.find({});
        expect(entries.map(({ access }) => access)).toEqual(entries.map(() => asLogged(samplePage(3))));
        expect(entries).toHaveLength(round);
        await log.close();
        await database.close();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
