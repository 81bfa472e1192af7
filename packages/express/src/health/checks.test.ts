import { filePlace, type LogHealth } from "@garim/audit";
import { memoryState } from "@garim/auth";
import { describe, expect, it } from "vitest";
import { type Looked, lookAround } from "./checks.ts";

const NOON = Date.parse("2026-11-22T12:00:00+09:00");
const KEY = { id: "a", key: new Uint8Array(32) };
const WELL: LogHealth = {
  refusedMsAgo: null,
  waiting: 0,
  lost: 0,
  seal: { isSealing: true, places: [{ name: "file:/nowhere", isReachable: true, writtenAt: NOON }] },
};

/** A database as the checks ask it: the first question is of itself, the second of the log. */
function answering(more: Record<string, string | null> = {}): Looked["database"] {
  const row = {
    read_only: "false",
    moment: `${NOON}`,
    sealed: `${NOON - 180_000}`,
    covered: "true",
    head: "true",
    ...more,
  };
  return { query: async () => ({ rows: [row] }) };
}

const failing = (code: string): Looked["database"] => ({
  query: () => Promise.reject(Object.assign(new Error("kim@example.com"), { code })),
});

function around(more: Partial<Looked> = {}): Looked {
  return {
    database: answering(),
    replica: answering(),
    states: [memoryState()],
    log: { health: () => WELL },
    keys: { subjects: { all: () => [KEY] }, secrets: { all: () => [KEY] }, ageDays: () => 365 },
    places: [filePlace("/nowhere")],
    clock: () => NOON,
    ...more,
  };
}

async function troublesOf(more: Partial<Looked>): Promise<readonly (readonly unknown[])[]> {
  const { checks } = await lookAround(around(more));
  return checks.flatMap(({ check, state, code }) => (state === "ok" ? [] : [[check, state, code]]));
}

describe("lookAround", () => {
  it("finds nothing wrong where all is well, at the edges too", async () => {
    const { checks, checkpointAgeMs, clockApartMs } = await lookAround(around());
    expect(checks.map(({ check }) => check)).toEqual([
      "database",
      "state",
      "log",
      "checkpoints",
      "replica",
      "keys",
      "clock",
      "partitions",
      "disk",
      "policy",
    ]);
    expect(checks.filter(({ state }) => state !== "ok")).toEqual([]);
    expect([checkpointAgeMs, clockApartMs]).toEqual([180_000, 0]);
  });

  const brokenState = { ...memoryState(), read: () => Promise.reject(new Error("gone")) };
  const badKeys = { subjects: { all: () => [] }, secrets: { all: () => [KEY] } };
  const away = { isSealing: true, places: [{ name: "file:/nowhere", isReachable: false, writtenAt: null }] };

  it.each<[string, Partial<Looked>, readonly (readonly unknown[])[]]>([
    ["no database", { database: failing("ECONNREFUSED") }, [["database", "fail", "database-down"]]],
    [
      "a database that only reads",
      { database: answering({ read_only: "true" }) },
      [["database", "fail", "database-read-only"]],
    ],
    ["no state", { states: [memoryState(), brokenState] }, [["state", "fail", "state-down"]]],
    [
      "a log that takes nothing",
      { log: { health: () => ({ ...WELL, refusedMsAgo: 4_999 }) } },
      [["log", "fail", "log-down"]],
    ],
    ["a log without its head", { database: answering({ head: "false" }) }, [["log", "fail", "log-down"]]],
    [
      "a log that nobody tried since",
      { log: { health: () => ({ ...WELL, refusedMsAgo: 5_000 }) } },
      [["log", "warn", "log-down"]],
    ],
    [
      "a late checkpoint",
      { database: answering({ sealed: `${NOON - 180_001}` }) },
      [["checkpoints", "warn", "checkpoint-late"]],
    ],
    [
      "a place that takes nothing",
      { log: { health: () => ({ ...WELL, seal: away }) } },
      [["checkpoints", "warn", "place-unreachable"]],
    ],
    ["no replica", { replica: failing("57P03") }, [["replica", "warn", "replica-down"]]],
    ["no keys", { keys: badKeys }, [["keys", "fail", "keys-unusable"]]],
    ["an old key", { keys: { ...around().keys, ageDays: () => 366 } }, [["keys", "warn", "key-old"]]],
    ["a clock 2 s behind", { clock: () => NOON - 2_001 }, [["clock", "warn", "clock-apart"]]],
    ["a clock 2 s ahead", { clock: () => NOON + 2_001 }, [["clock", "warn", "clock-apart"]]],
    [
      "no partition ahead",
      { database: answering({ covered: "false" }) },
      [["partitions", "warn", "partition-missing"]],
    ],
  ])("finds %s", async (_, more, troubles) => {
    expect(await troublesOf(more)).toEqual(troubles);
  });

  it("tells nothing of the error itself", async () => {
    expect(JSON.stringify(await lookAround(around({ database: failing("XX000") })))).not.toContain("kim");
  });

  it("says nothing of what a narrow role may not look at", async () => {
    const { query } = answering();
    let asked = 0;
    const narrow: Looked["database"] = {
      query: (text) => (asked++ === 0 ? query(text) : failing("42501").query(text)),
    };
    expect(await troublesOf({ database: narrow })).toEqual([]);
  });
});
