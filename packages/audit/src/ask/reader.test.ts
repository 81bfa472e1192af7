import { PGlite } from "@electric-sql/pglite";
import { subject } from "@garim/policy";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgresOrSkip } from "../../../../test/services/postgres.ts";
import { KEYS, samplePage } from "../../test/sample.ts";
import { createAccessLog } from "../log.ts";
import { createLogReader, type LogReaderOptions } from "./reader.ts";
import { readSessions } from "./session.ts";

const postgres = await startPostgresOrSkip("reading the log without a right to write");
const pools: Pool[] = [];

function openPool(options?: string): Pool {
  const pool = new Pool({ connectionString: postgres?.url, max: 2, options });
  pool.on("error", () => undefined);
  pools.push(pool);
  return pool;
}

afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await postgres?.stop();
});

const coded = (code: string) => expect.objectContaining({ code });

describe("createLogReader", () => {
  beforeAll(async () => {
    if (postgres === undefined) return;
    const log = await createAccessLog({ database: openPool(), keys: KEYS });
    await log.append(samplePage(2));
    await log.close();
  });

  it.skipIf(postgres === undefined)("reads over a connection that can only read", async () => {
    const reader = await createLogReader({
      database: openPool("-c default_transaction_read_only=on"),
      keys: KEYS,
    });
    expect((await reader.find({ subject: subject.buyer("b-100001") })).entries).toHaveLength(1);
    expect((await reader.find({ session: "0f1e2d3c4b5a6978" })).entries).toHaveLength(0);
    const walked = [];
    for await (const { seq } of reader.walk({ seller: "seller-3" })) walked.push(seq);
    expect(walked).toEqual([1]);
  });

  it.each([
    [{ databse: 1 }, "ERR_GARIM_OPTION_UNKNOWN"],
    [{ database: {} }, "ERR_GARIM_OPTION_INVALID"],
    [{ keys: undefined }, "ERR_GARIM_OPTION_INVALID"],
    [{ keys: { all: () => [] } }, "ERR_GARIM_KEYS_MISSING"],
    [{ clock: 1 }, "ERR_GARIM_OPTION_INVALID"],
  ])("refuses options that are wrong: %s", async (wrong, code) => {
    const options = {
      database: { query: async () => ({ rows: [] }) },
      keys: KEYS,
      ...wrong,
    } as LogReaderOptions;
    await expect(createLogReader(options)).rejects.toEqual(coded(code));
  });

  it("says so where there is no log, makes none, and where the database is out", async () => {
    const database = new PGlite();
    await expect(createLogReader({ database, keys: KEYS })).rejects.toEqual(
      coded("ERR_GARIM_SCHEMA_VERSION"),
    );
    const { rows } = await database.query("select from pg_namespace where nspname = 'garim'");
    expect(rows).toEqual([]);
    await database.close();
    await expect(createLogReader({ database, keys: KEYS })).rejects.toEqual(coded("ERR_GARIM_DATABASE"));
  });
});

describe("readSessions", () => {
  const database = new PGlite();
  beforeAll(async () => {
    const log = await createAccessLog({ database, keys: KEYS });
    const anna = (
      at: number,
      session: string | null,
      action: "log-in" | "view" | "step-up" | "log-out" | "session-end",
    ) =>
      log.append(
        samplePage(0, {
          at,
          action,
          session,
          outcome: "done",
          actor: { kind: "staff", id: "anna", sellerId: "S1" },
          factor:
            action === "log-in" ? null : { method: at < 40 ? "totp" : "passkey", at: at < 40 ? 20 : 40 },
          ...(action === "session-end" ? { reason: "session-idle" as const } : {}),
        }),
      );
    await anna(10, "s-1", "log-in");
    await anna(20, "s-1", "step-up");
    await anna(30, "s-1", "view");
    await anna(40, "s-1", "step-up");
    await anna(50, "s-1", "session-end");
    await anna(60, "s-2", "log-in");
    await anna(70, "s-2", "log-out");
    await anna(80, "s-3", "log-in");
    await log.append(
      samplePage(0, {
        action: "log-in",
        outcome: "refused",
        session: null,
        actor: { kind: "staff", id: "anna", sellerId: "S1" },
      }),
    );
    await log.close();
  });
  afterAll(() => database.close());

  it("tells each session from log-in to end, with what was proved, newest first", async () => {
    const reader = await createLogReader({ database, keys: KEYS });
    const { sessions, next, damaged } = await readSessions(reader, "anna", {}, { limit: 3 });
    expect([next, damaged]).toEqual([null, []]);
    expect(
      sessions.map(({ session, openedAt, endedAt, ending, reason, factors }) => ({
        session,
        openedAt,
        endedAt,
        ending,
        reason,
        factors,
      })),
    ).toEqual([
      { session: "s-3", openedAt: 80, endedAt: null, ending: null, reason: null, factors: [] },
      {
        session: "s-2",
        openedAt: 60,
        endedAt: 70,
        ending: "log-out",
        reason: null,
        factors: [{ method: "passkey", at: 40 }],
      },
      {
        session: "s-1",
        openedAt: 10,
        endedAt: 50,
        ending: "session-end",
        reason: "session-idle",
        factors: [
          { method: "totp", at: 20 },
          { method: "passkey", at: 40 },
        ],
      },
    ]);
    expect(sessions[0]?.origin.ip).toBe("203.0.113.7");
    expect((await readSessions(reader, "anna", {}, { limit: 2 })).next).not.toBeNull();
    expect((await readSessions(reader.within({ sellerId: "S2" }), "anna")).sessions).toEqual([]);
  });
});
