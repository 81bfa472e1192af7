import { type AccessLog, createAccessLog } from "@garim/audit";
import { Pool } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { KEYS } from "../../packages/audit/test/sample.ts";
import { type DiskCall, type DyingDisk, makeDyingDiskOrSkip } from "../services/dying-disk.ts";
import { type PostgresService, startPostgresOrSkip } from "../services/postgres.ts";
import { type SteadyCallers, startSteadyCallers } from "./steady-callers.ts";
import { lostOf, readStoredLog } from "./stored-log.ts";

const MINUTES = 60_000;
const PATIENT = { timeout: MINUTES, interval: 50 };
const CALLERS = 8;

const WHAT = "the access log on a disk that fails";
const disk = await makeDyingDiskOrSkip(WHAT);

describe.skipIf(disk === undefined)("[A3] the access log on a PostgreSQL whose disk fails", () => {
  const dying = disk as DyingDisk;
  let postgres: PostgresService | undefined;
  let pool: Pool;
  let log: AccessLog;
  let callers: SteadyCallers;
  /** How often the log has met a database that fails. */
  let countFaults: () => number;

  beforeAll(async () => {
    vi.stubEnv("LD_PRELOAD", dying.library);
    postgres = await startPostgresOrSkip(WHAT, { mustBeOwn: true });
    pool = new Pool({ connectionString: postgres?.url, max: 4 });
    pool.on("error", () => undefined);
  });
  beforeEach(async () => {
    await pool.query("drop schema if exists garim cascade");
  });
  afterEach(async () => {
    await dying.mend();
    await callers.stop();
    await log.close();
  });
  afterAll(async () => {
    await pool.end();
    await postgres?.kill();
    await postgres?.stop();
    vi.unstubAllEnvs();
    await dying.remove();
  });

  async function open(timeoutMs: number): Promise<void> {
    let faults = 0;
    const onFault = (): void => void faults++;
    log = await createAccessLog({ database: pool, keys: KEYS, timeoutMs, onFault });
    callers = startSteadyCallers(log, CALLERS);
    countFaults = () => faults;
    await acknowledgedMore();
  }

  async function acknowledgedMore(): Promise<void> {
    const before = callers.receipts.length;
    await vi.waitFor(() => expect(callers.receipts.length).toBeGreaterThan(before + 50), PATIENT);
  }

  async function storedAtTheEnd() {
    await callers.stop();
    await log.close();
    const stored = await readStoredLog(pool);
    expect(stored.faults).toEqual([]);
    expect(lostOf(callers.receipts, stored)).toEqual([]);
    return stored;
  }

  it(
    "neither refuses, loses nor doubles a record when one call in a while fails (EIO)",
    async () => {
      await open(MINUTES);
      const calls: readonly DiskCall[] = ["fdatasync", "pwrite", "fdatasync", "fsync", "fdatasync"];
      for (const call of calls) {
        await dying.failOnce(call);
        // A checkpoint writes and syncs what appends alone would not; it may be the one that fails.
        const checkpoint = pool.query("checkpoint").catch(() => undefined);
        await vi.waitFor(() => expect(dying.hasFailed(call)).toBe(true), PATIENT);
        await acknowledgedMore();
        await checkpoint;
      }
      const { records } = await storedAtTheEnd();
      expect(callers.refusals).toEqual([]);
      expect(countFaults()).toBeGreaterThanOrEqual(3);
      expect(records.length).toBe(callers.receipts.length);
    },
    5 * MINUTES,
  );

  it.each<DiskCall>(["fdatasync", "pwrite"])(
    "refuses while every %s fails, and goes on by itself once PostgreSQL is back",
    async (call) => {
      await open(500);
      await dying.failAlways(call);
      await vi.waitFor(() => expect(callers.refusals.length).toBeGreaterThan(2 * CALLERS), PATIENT);
      await dying.mend();
      // It gave up, or is about to.
      await postgres?.kill();
      await postgres?.restart();
      await acknowledgedMore();
      const { records } = await storedAtTheEnd();
      const codes = new Set(callers.refusals.map(({ code }) => code));
      expect(codes).toEqual(new Set(["ERR_GARIM_LOG_UNAVAILABLE"]));
      expect(records.filter(({ action }) => action === "gap").length).toBeGreaterThan(0);
    },
    5 * MINUTES,
  );
});

const postgres = await startPostgresOrSkip("the access log on a PostgreSQL that refuses to write", {
  mustBeOwn: true,
});

describe.skipIf(postgres === undefined)("[A3] the access log on a PostgreSQL that refuses to write", () => {
  const pool = new Pool({ connectionString: postgres?.url, max: 4 });
  pool.on("error", () => undefined);
  beforeEach(async () => {
    await pool.query("drop schema if exists garim cascade");
  });
  afterAll(async () => {
    await pool.end();
    await postgres?.stop();
  });

  const raise = (state: string): string =>
    `create function garim.fail() returns trigger language plpgsql as
       'begin raise exception using errcode = ''${state}''; end';
     create trigger fail before insert on garim.log_record for each row execute function garim.fail()`;
  const stopRaising = "drop trigger fail on garim.log_record; drop function garim.fail()";

  it.each<readonly [state: string, what: string, begin: readonly string[], end: readonly string[]]>([
    ["58030", "I/O error", [raise("58030")], [stopRaising]],
    ["53100", "disk full", [raise("53100")], [stopRaising]],
    ["53200", "out of memory", [raise("53200")], [stopRaising]],
    ["XX001", "data corrupted", [raise("XX001")], [stopRaising]],
    [
      "25006",
      "read-only",
      ["alter system set default_transaction_read_only = on", "select pg_reload_conf()"],
      ["alter system reset default_transaction_read_only", "select pg_reload_conf()"],
    ],
  ])("refuses while it says %s (%s), and goes on by itself after that", async (state, _what, begin, end) => {
    const log = await createAccessLog({ database: pool, keys: KEYS, timeoutMs: 300 });
    const callers = startSteadyCallers(log, CALLERS);
    const more = async (list: readonly unknown[], count: number): Promise<void> => {
      const before = list.length;
      await vi.waitFor(() => expect(list.length).toBeGreaterThan(before + count), PATIENT);
    };
    try {
      await more(callers.receipts, 20);
      for (const statement of begin) await pool.query(statement);
      await more(callers.refusals, 2 * CALLERS);
      for (const statement of end) await pool.query(statement);
      await more(callers.receipts, 20);
    } finally {
      await callers.stop();
      await log.close();
    }
    const stored = await readStoredLog(pool);
    expect(stored.faults).toEqual([]);
    expect(lostOf(callers.receipts, stored)).toEqual([]);
    expect(callers.refusals).toEqual(
      callers.refusals.map(() =>
        expect.objectContaining({
          code: "ERR_GARIM_LOG_UNAVAILABLE",
          cause: expect.objectContaining({ code: state }),
        }),
      ),
    );
    expect(stored.records.filter(({ action }) => action === "gap").length).toBeGreaterThan(0);
  });
});
