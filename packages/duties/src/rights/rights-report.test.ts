import { PGlite } from "@electric-sql/pglite";
import { type Access, type AccessLog, createAccessLog, type PseudonymKeys } from "@garim/audit";
import { DAY, NO_KINDS, resolvePolicy } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KEEPER } from "../../test/keeping.ts";
import { type PersonRights, reportMarketRights, reportRights } from "../index.ts";

const KEYS: PseudonymKeys = { all: () => [{ id: "2026-11", key: new Uint8Array(32).fill(7) }] };
const policy = resolvePolicy();
// Records are found by the database's clock.
const NOW = Date.now();

let database: PGlite;
let log: AccessLog;

beforeAll(async () => {
  database = await PGlite.create();
  log = await createAccessLog({ database, keys: KEYS });
}, 60_000);
afterAll(async () => {
  await log.close();
  await database.close();
});

const base = {
  session: null,
  factor: null,
  origin: { ip: "203.0.113.9", agent: null },
  route: "GET /orders",
  reason: null,
  purpose: null,
  policy: { edition: policy.edition.id, overrides: {} },
  surface: null,
  allowed: NO_KINDS,
  profile: null,
  records: [],
} as const;

async function did(id: string, more: Partial<Access>, sellerId = "S1"): Promise<void> {
  const done = { at: NOW - DAY, action: "view", outcome: "disclosed" } as const;
  await log.append({ ...base, ...done, actor: { kind: "staff", id, sellerId }, ...more });
}

async function has(id: string, roles: readonly string[], at: number, sellerId = "S1"): Promise<void> {
  const target = { kind: "staff", id, sellerId } as const;
  const actor = { kind: "system", id: "garim", sellerId } as const;
  const detail = { after: JSON.stringify(roles) };
  await log.append({ ...base, at, actor, target, action: "change-roles", outcome: "done", detail });
}

const report = (more: object = {}) =>
  reportRights({ log, policy }, { sellerId: "S1", ...more }, KEEPER, NOW + 1);
async function personIn(id: string): Promise<PersonRights | undefined> {
  return (await report()).people.find(({ staffId }) => staffId === id);
}

describe("reportRights", () => {
  it("names rights nobody used, and roles that could go without taking a used one away", async () => {
    await has("dana", ["shipper", "downloader"], NOW - 100 * DAY);
    await did("dana", {});
    await did("dana", { action: "download", outcome: "refused", reason: "download-limit" });
    expect(await personIn("dana")).toMatchObject({
      rights: [
        { action: "view", usedAt: NOW - DAY },
        { action: "download", usedAt: null },
      ],
      unused: ["download"],
      couldGo: ["downloader"],
    });
  });

  it("leaves a role that also gives what is used, and whoever came lately", async () => {
    await has("owen", ["owner"], NOW - 100 * DAY);
    await did("owen", {});
    await has("newt", ["downloader"], NOW - DAY);
    expect(await personIn("owen")).toMatchObject({ couldGo: [] });
    expect((await personIn("owen"))?.unused).toContain("connectTool");
    expect(await personIn("newt")).toMatchObject({ unused: [], couldGo: [] });
  });

  it("counts signs that one account has several people", async () => {
    await has("shar", ["viewer"], NOW - 100 * DAY);
    for (const reason of ["new-device", "impossible-hop", "new-device", "new-network"] as const)
      await did("shar", { action: "signal", outcome: "done", reason });
    expect((await personIn("shar"))?.sharedSigns).toEqual({ "impossible-hop": 1, "new-device": 2 });
  });

  it("takes the newest roles, nothing of another seller, and no use before the days", async () => {
    await has("kim", ["owner"], NOW - 200 * DAY);
    await has("kim", ["viewer"], NOW - 95 * DAY);
    await has("zoe", ["viewer"], NOW - 95 * DAY, "S2");
    await did("kim", {}, "S2");
    await did("kim", { at: NOW - 91 * DAY });
    expect(await personIn("kim")).toMatchObject({ roles: ["viewer"], unused: ["view"], couldGo: ["viewer"] });
    expect(await personIn("zoe")).toBeUndefined();
  });

  it("pages by people, puts the question on record, and takes no page of none", async () => {
    const first = await report({ limit: 2 });
    const second = await report({ limit: 2, after: first.next });
    expect([...first.people, ...second.people].map(({ staffId }) => staffId)).toEqual([
      "dana",
      "kim",
      "newt",
      "owen",
    ]);
    const { entries } = await log.find({ actions: ["log-query"] }, { limit: 1 });
    expect(entries[0]?.access).toMatchObject({
      actor: { id: "lee" },
      detail: { question: "rights", seller: "S1" },
    });
    await expect(report({ limit: 0 })).rejects.toThrow("limit");
  });
});

describe("reportMarketRights", () => {
  it("reports every seller whose staff the log knows, and puts one question on record", async () => {
    await has("zed", ["viewer"], NOW - 100 * DAY, "S7");
    const market = await reportMarketRights({ log, policy }, KEEPER, NOW + 1);
    expect(market.sellers).toBe(market.named.length);
    const ids = market.named.map(({ sellerId }) => sellerId);
    expect(ids).toEqual(ids.toSorted());
    const own = market.named.find(({ sellerId }) => sellerId === "S1");
    expect(own?.people).toEqual((await report()).people);
    expect(market.named.at(-1)).toMatchObject({
      sellerId: "S7",
      people: [{ staffId: "zed", unused: ["view"] }],
    });
    const { entries } = await log.find({ actions: ["log-query"] }, { limit: 2 });
    expect(entries[1]?.access.detail).toEqual({ question: "rights" });
  });
});
