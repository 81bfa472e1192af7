import type { KeyListing, KeyState } from "@garim/audit";
import { describe, expect, it } from "vitest";
import { judgeCheckpoint } from "./checkpoint.ts";
import { judgeClock } from "./clock.ts";
import { judgeConnections } from "./connections.ts";
import { judgeDatabase } from "./database.ts";
import { judgeFsync } from "./fsync.ts";
import { judgeFullPageWrites } from "./full-page-writes.ts";
import { judgeHead } from "./head.ts";
import { judgeIndexes } from "./indexes.ts";
import { judgeKeyAges } from "./key-ages.ts";
import { judgeKeyFile } from "./key-file.ts";
import { judgePartitions } from "./partitions.ts";
import { judgeRights } from "./rights.ts";
import { judgeSchema } from "./schema.ts";
import { judgeStatementTimeout } from "./statement-timeout.ts";
import { judgeSynchronousCommit } from "./synchronous-commit.ts";
import { judgeWritable } from "./writable.ts";

const DAY = 86_400_000;
const MINUTE = 60_000;
const NOW = Date.parse("2026-11-22T09:00:00+09:00");

describe("judgeDatabase", () => {
  it.each([
    [140_099, "fail", /PostgreSQL 14\.99, db/],
    [150_000, "ok", /15\.0/],
    [180_001, "ok", /18\.1/],
    [190_000, "warn", /19\.0/],
  ])("version %i: %s", (version, state, seen) => {
    expect(judgeDatabase({ name: "db", version })).toMatchObject({
      state,
      seen: expect.stringMatching(seen),
    });
  });
});

describe("judgeWritable", () => {
  it.each([
    [false, false, "ok"],
    [true, false, "warn"],
    [true, true, "warn"],
    [false, true, "fail"],
  ])("standby %s, begins read-only %s: %s", (isStandby, startsReadOnly, state) => {
    expect(judgeWritable({ isStandby, startsReadOnly })).toMatchObject({ state });
  });
});

describe("judgeStatementTimeout", () => {
  it.each([
    [0, "warn"],
    [1, "ok"],
    [300_000, "ok"],
    [300_001, "warn"],
  ])("%i ms: %s", (timeoutMs, state) => {
    expect(judgeStatementTimeout({ isEmbedded: false, timeoutMs })).toMatchObject({ state });
  });

  it("says nothing of PGlite", () => {
    expect(judgeStatementTimeout({ isEmbedded: true, timeoutMs: 0 })).toMatchObject({ state: "skip" });
  });
});

describe("judgeClock", () => {
  it.each([
    [0, "ok", /agree/],
    [2_000, "ok", /2\.0 s ahead of/],
    [2_001, "warn", /ahead of/],
    [-2_000, "ok", /behind/],
    [-2_001, "warn", /2\.0 s behind/],
    [30_000, "warn", /30\.0 s/],
    [30_001, "fail", /ahead of/],
    [-30_001, "fail", /behind/],
  ])("%i ms: %s", (ahead, state, seen) => {
    const facts = { before: NOW + ahead, after: NOW + ahead, database: NOW };
    expect(judgeClock(facts)).toMatchObject({ state, seen: expect.stringMatching(seen) });
  });

  it("does not take a slow network for a wrong clock", () => {
    expect(judgeClock({ before: NOW, after: NOW + 60_000, database: NOW + 45_000 })).toMatchObject({
      state: "ok",
    });
  });
});

describe("judgeFsync", () => {
  it.each([
    ["on", false, "ok", /^on$/],
    ["off", false, "fail", /^off$/],
    ["off", true, "warn", /PGlite, which survives a killed process, not a power cut/],
  ])("%s, embedded %s: %s", (fsync, isEmbedded, state, seen) => {
    expect(judgeFsync({ fsync, isEmbedded })).toMatchObject({ state, seen: expect.stringMatching(seen) });
  });
});

describe("judgeSynchronousCommit", () => {
  it.each([
    ["on", "ok"],
    ["remote_apply", "ok"],
    ["local", "ok"],
    ["off", "warn"],
  ])("%s: %s", (setting, state) => {
    expect(judgeSynchronousCommit(setting)).toMatchObject({ state });
  });
});

describe("judgeFullPageWrites", () => {
  it.each([
    ["on", "ok"],
    ["off", "warn"],
  ])("%s: %s", (setting, state) => {
    expect(judgeFullPageWrites(setting)).toMatchObject({ state });
  });
});

describe("judgeSchema", () => {
  it.each([
    [0, 0, "fail", "garim migrate"],
    [1, 1, "fail", "garim migrate"],
    [2, 0, "ok", undefined],
    [2, 1, "ok", undefined],
    [3, 1, "fail", expect.stringMatching(/npm install @garim\/cli/)],
    [2, 2, "fail", expect.stringMatching(/npm install @garim\/cli/)],
  ])("log %i, state %i where 2 and 1 are known: %s", (log, state, expected, todo) => {
    const judged = judgeSchema({ log, state }, { log: 2, state: 1 });
    expect([judged.state, judged.todo]).toEqual([expected, todo]);
  });

  it("asks for a migration of sessions that are older", () => {
    expect(judgeSchema({ log: 2, state: 1 }, { log: 2, state: 2 })).toMatchObject({ todo: "garim migrate" });
  });
});

describe("judgeHead", () => {
  it.each([
    [0, 0, "ok", "0 records"],
    [1_200, 1_200, "ok", "1,200 records"],
    [7, 6, "fail", "the head counts 7, the newest record is 6"],
    [6, 7, "fail", "the head counts 6, the newest record is 7"],
    [7, 0, "warn", "the head counts 7, the newest record is none"],
    [undefined, 7, "fail", "the row of garim.log_head is gone"],
  ])("head %s, newest %i: %s", (head, newest, state, seen) => {
    expect(judgeHead({ head, newest })).toMatchObject({ state, seen });
  });
});

describe("judgeCheckpoint", () => {
  const facts = { isKept: true, hasRecords: true, now: NOW };
  it.each([
    ["a log without", { ...facts, isKept: false, newest: undefined }, "skip", /keeps no checkpoints/],
    ["none, and no record", { ...facts, hasRecords: false, newest: undefined }, "ok", /nothing is recorded/],
    ["none", { ...facts, newest: undefined }, "warn", /none was ever signed/],
    ["a fresh one", { ...facts, newest: NOW - 3 * MINUTE }, "ok", /3 min old/],
    ["a late one", { ...facts, newest: NOW - 3 * MINUTE - 1 }, "warn", /3 min old/],
    ["an old one", { ...facts, newest: NOW - 3 * DAY }, "warn", /72 h old/],
    ["one of a clock ahead", { ...facts, newest: NOW + 500 }, "ok", /0 s old/],
  ])("%s: %s", (_, given, state, seen) => {
    expect(judgeCheckpoint(given)).toMatchObject({ state, seen: expect.stringMatching(seen) });
  });
});

describe("judgePartitions", () => {
  const facts = { isPartitioned: true, count: 2, now: NOW };
  it.each([
    ["no log", { ...facts, isPartitioned: undefined, end: undefined }, "skip", /no access log/],
    ["one table", { ...facts, isPartitioned: false, end: undefined }, "skip", /not kept in months/],
    ["a week ahead", { ...facts, end: NOW + 7 * DAY }, "ok", /2 months, ahead for 7 days/],
    ["less", { ...facts, end: NOW + 7 * DAY - 1 }, "warn", /ahead for 6 days/],
    ["past", { ...facts, end: NOW - 1 }, "warn", /none for today/],
    ["none", { ...facts, count: 0, end: undefined }, "warn", /0 months, none for today/],
  ])("%s: %s", (_, given, state, seen) => {
    expect(judgePartitions(given)).toMatchObject({ state, seen: expect.stringMatching(seen) });
  });
});

describe("judgeIndexes", () => {
  it("is content where there is none that is invalid", () => {
    expect(judgeIndexes([])).toEqual({ state: "ok", seen: "all valid" });
  });

  it("writes the statement that repairs each", () => {
    const names = ["garim.a", "garim.p", "garim.a_ccnew", "garim.a_ccold1"];
    const invalid = names.map((name) => ({ name, isPartitioned: name === "garim.p" }));
    expect(judgeIndexes(invalid)).toEqual({
      state: "fail",
      seen: "invalid: garim.a, garim.p, garim.a_ccnew, garim.a_ccold1",
      todo: "REINDEX INDEX CONCURRENTLY garim.a; REINDEX INDEX garim.p; DROP INDEX CONCURRENTLY garim.a_ccnew; DROP INDEX CONCURRENTLY garim.a_ccold1;",
    });
  });
});

describe("judgeRights", () => {
  const facts = { isEmbedded: false, user: "app", isSuperuser: false, changeable: [] };
  it.each([
    ["PGlite", { ...facts, isEmbedded: true }, "skip", /one user/],
    ["a role that appends", facts, "ok", /app may not change/],
    ["a superuser", { ...facts, isSuperuser: true }, "warn", /app is a superuser/],
    ["an owner", { ...facts, changeable: ["log_head", "log_record"] }, "warn", /in log_head, log_record$/],
  ])("%s: %s", (_, given, state, seen) => {
    expect(judgeRights(given)).toMatchObject({ state, seen: expect.stringMatching(seen) });
  });
});

describe("judgeConnections", () => {
  it.each([
    [100, 89, "ok", "11 of 100 free"],
    [100, 90, "warn", "10 of 100 free"],
    [100, 100, "fail", "0 of 100 free"],
    [100, 103, "fail", "0 of 100 free"],
  ])("of %i, %i used: %s", (most, used, state, seen) => {
    expect(judgeConnections({ isEmbedded: false, most, used })).toMatchObject({ state, seen });
  });

  it("leaves PGlite alone", () => {
    expect(judgeConnections({ isEmbedded: true, most: 1, used: 1 })).toMatchObject({ state: "skip" });
  });
});

describe("judgeKeyFile", () => {
  const read = (isOpenToOthers: boolean) => ({ state: "read", path: "k", isOpenToOthers, keys: [] }) as const;
  it.each([
    [{ state: "unsaid" }, "skip", /write --keys FILE/],
    [{ state: "missing", path: "k" }, "fail", /there is no k/],
    [
      { state: "unusable", message: "k is damaged: it is no JSON; restore it" },
      "fail",
      /damaged: it is no JSON$/,
    ],
    [read(false), "ok", /its owner's alone/],
    [read(true), "fail", /can be read by others/],
  ] as const)("%j: %s", (facts, state, seen) => {
    expect(judgeKeyFile(facts)).toMatchObject({ state, seen: expect.stringMatching(seen) });
  });
});

describe("judgeKeyAges", () => {
  const key = (ageDays: number | null, state: KeyState = "in-use"): KeyListing => ({
    kind: "secrets",
    id: `k${ageDays}`,
    state,
    made: null,
    ageDays,
    owner: null,
  });
  const read = (...keys: readonly KeyListing[]) =>
    ({ state: "read", path: "k", isOpenToOthers: false, keys }) as const;
  it.each([
    ["a year old", read(key(365)), "ok", "1 in use, the oldest 365 days old"],
    ["a day more", read(key(0), key(366)), "warn", "older than 365 days: secrets k366 (366 days)"],
    [
      "waiting for its month",
      read(key(366, "waiting")),
      "warn",
      "older than 365 days: secrets k366 (366 days)",
    ],
    [
      "kept for what was made with them",
      read(key(2), key(900, "kept")),
      "ok",
      "1 in use, the oldest 2 days old",
    ],
    ["retired or held", read(key(900, "retired"), key(900, "held")), "ok", "0 in use"],
    ["of unknown age", read(key(null), key(1)), "ok", "2 in use, the oldest 1 days old, 1 of unknown age"],
    ["all of unknown age", read(key(null)), "ok", "1 in use, 1 of unknown age"],
    ["made tomorrow", read(key(-1)), "ok", "1 in use, the oldest 0 days old"],
    ["not read", { state: "unsaid" as const }, "skip", "the key file was not read"],
  ])("%s: %s", (_, facts, state, seen) => {
    expect(judgeKeyAges(facts)).toMatchObject({ state, seen });
  });

  it("names each command once", () => {
    expect(judgeKeyAges(read(key(400), key(500))).todo).toBe("garim keys rotate --kind secrets");
  });
});

describe("every judgement that is not well", () => {
  it("says exactly what to do", () => {
    const bad = [
      judgeDatabase({ name: "db", version: 140_000 }),
      judgeClock({ before: NOW, after: NOW, database: 0 }),
      judgeFsync({ fsync: "off", isEmbedded: false }),
      judgeSynchronousCommit("off"),
      judgeFullPageWrites("off"),
      judgeHead({ head: 1, newest: 2 }),
      judgeCheckpoint({ isKept: true, hasRecords: true, newest: undefined, now: NOW }),
      judgePartitions({ isPartitioned: true, count: 0, end: undefined, now: NOW }),
      judgeRights({ isEmbedded: false, user: "a", isSuperuser: true, changeable: [] }),
      judgeConnections({ isEmbedded: false, most: 1, used: 1 }),
      judgeKeyFile({ state: "missing", path: "k" }),
    ];
    for (const { state, todo } of bad)
      expect([state, todo]).toEqual([expect.not.stringMatching("ok"), expect.any(String)]);
  });
});
