import { join } from "node:path";
import { type AccessLog, createAccessLog } from "@garim/audit";
import { Pool } from "pg";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { KEYS } from "../../packages/audit/test/sample.ts";
import { type PostgresService, startPostgresOrSkip } from "../services/postgres.ts";
import { mountSmallDiskOrSkip, type SmallDisk } from "../services/small-disk.ts";
import { type SteadyCallers, startSteadyCallers } from "./steady-callers.ts";
import { lostOf, readStoredLog } from "./stored-log.ts";

const MINUTES = 60_000;
const PATIENT = { timeout: MINUTES, interval: 50 };
const CALLERS = 8;
/** How long an append waits before it is refused. */
const TIMEOUT_MS = 500;

const WHAT = "the access log on a full disk";
const disk = await mountSmallDiskOrSkip(WHAT, 160);

/** Refused as what does not work, and for this reason; never as what is only slow. */
const refusedFor = (state: unknown) =>
  expect.objectContaining({
    code: "ERR_GARIM_LOG_UNAVAILABLE",
    cause: expect.objectContaining({ code: state }),
  });

describe.skipIf(disk === undefined)("[A3] the access log on a full disk", () => {
  const small = disk as SmallDisk;
  let postgres: PostgresService | undefined;
  let pool: Pool;
  let log: AccessLog;
  let callers: SteadyCallers;

  afterAll(async () => {
    await small.remove();
  });

  async function open(where: { readonly folder: string } | { readonly walFolder: string }): Promise<void> {
    postgres = await startPostgresOrSkip(WHAT, { mustBeOwn: true, ...where });
    pool = new Pool({ connectionString: postgres?.url, max: 4 });
    pool.on("error", () => undefined);
    log = await createAccessLog({ database: pool, keys: KEYS, timeoutMs: TIMEOUT_MS });
    callers = startSteadyCallers(log, CALLERS);
    await vi.waitFor(() => expect(callers.receipts.length).toBeGreaterThan(100), PATIENT);
  }

  afterEach(async () => {
    await small.makeRoom();
    await callers.stop();
    await log.close();
    await pool.end();
    // One that fell may not end in good order any more.
    await postgres?.kill();
    await postgres?.stop();
  });

  const refused = (count: number) =>
    vi.waitFor(() => expect(callers.refusals.length).toBeGreaterThan(count), PATIENT);

  /** Nobody calls anything but append: it is the log that goes on. */
  async function goesOn(): Promise<void> {
    const before = callers.receipts.length;
    await vi.waitFor(() => expect(callers.receipts.length).toBeGreaterThan(before + 100), PATIENT);
  }

  async function expectNothingLost(): Promise<void> {
    await callers.stop();
    await log.close();
    await postgres?.kill();
    await postgres?.restart();
    const stored = await readStoredLog(pool);
    expect(stored.faults).toEqual([]);
    expect(lostOf(callers.receipts, stored)).toEqual([]);
    // What was refused is on record as a gap, which is all that may stand beside what was acknowledged.
    const gaps = stored.records.filter(({ action }) => action === "gap");
    expect(gaps.length).toBeGreaterThan(0);
  }

  it(
    "refuses while there is no room for a record, and goes on by itself when there is",
    async () => {
      await open({ folder: small.folder });
      await small.fill();
      await refused(2 * CALLERS);
      const full = callers.refusals.slice();
      // What is there can be read all the while.
      expect((await pool.query("select count(*)::int as n from garim.log_record")).rows[0].n).toBeGreaterThan(
        100,
      );
      await small.makeRoom();
      await goesOn();
      await expectNothingLost();
      expect(full).toEqual(full.map(() => refusedFor("53100")));
    },
    5 * MINUTES,
  );

  it(
    "refuses while PostgreSQL cannot write its own log and falls, and goes on when that is started again",
    async () => {
      await open({ walFolder: join(small.folder, "wal") });
      await small.fill();
      // Ends segment after segment: the one that does not fit brings the server down.
      await vi.waitFor(async () => {
        await expect(pool.query("select pg_switch_wal()")).rejects.toThrow();
      }, PATIENT);
      await refused(2 * CALLERS);
      await small.makeRoom();
      // It gave up, or is about to.
      await postgres?.kill();
      await postgres?.restart();
      await goesOn();
      await expectNothingLost();
      const codes = new Set(callers.refusals.map(({ code }) => code));
      expect(codes).toEqual(new Set(["ERR_GARIM_LOG_UNAVAILABLE"]));
    },
    5 * MINUTES,
  );
});
