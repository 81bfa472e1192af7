import { PGlite } from "@electric-sql/pglite";
import { type AccessLog, createAccessLog, type PseudonymKeys } from "@garim/audit";
import { NO_KINDS, resolvePolicy } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KEEPER, NOON } from "../../test/keeping.ts";
import { countHeldTexts, listHeldTexts } from "../index.ts";

const KEYS: PseudonymKeys = { all: () => [{ id: "2026-11", key: new Uint8Array(32).fill(7) }] };
const policy = resolvePolicy();

let database: PGlite;
let log: AccessLog;

beforeAll(async () => {
  database = await PGlite.create();
  log = await createAccessLog({ database, keys: KEYS });
  await hold("anna", "S1", "text-names-buyer, text-asks-contact", NOON);
  await hold("anna", "S1", "text-names-buyer", NOON + 1);
  await hold("bora", "S2", "text-shows-personal", NOON + 2);
}, 60_000);
afterAll(async () => {
  await log.close();
  await database.close();
});

async function hold(id: string, sellerId: string, reasons: string, at: number): Promise<void> {
  await log.append({
    at,
    actor: { kind: "staff", id, sellerId },
    session: null,
    factor: null,
    origin: { ip: "203.0.113.9", agent: null },
    action: "hold-text",
    outcome: "refused",
    reason: "text-names-buyer",
    route: "POST /replies",
    purpose: null,
    policy: { edition: policy.edition.id, overrides: {} },
    surface: null,
    allowed: NO_KINDS,
    profile: null,
    records: [],
    detail: { reasons, places: 2 },
  });
}

const list = (asked: object = {}) => listHeldTexts({ log, policy }, asked, KEEPER, NOON + 3);

describe("listHeldTexts", () => {
  it("[pipa/29] lists who wrote what was held, when and why, the newest first, page by page, and no text", async () => {
    const first = await list({ limit: 2 });
    expect(
      first.held.map(({ by, sellerId, reasons, places, at }) => [by, sellerId, reasons, places, at]),
    ).toEqual([
      ["staff bora", "S2", ["text-shows-personal"], 2, NOON + 2],
      ["staff anna", "S1", ["text-names-buyer"], 2, NOON + 1],
    ]);
    const rest = await list({ limit: 2, after: first.next });
    expect([rest.held.map(({ reasons }) => reasons), rest.next]).toEqual([
      [["text-names-buyer", "text-asks-contact"]],
      null,
    ]);
  });

  it("tells one seller's alone where one is named, and is on record as a question", async () => {
    expect((await list({ sellerId: "S2" })).held.map(({ by }) => by)).toEqual(["staff bora"]);
    const { entries } = await log.find({ actions: ["log-query"] }, { limit: 1 });
    expect(entries[0]?.access).toMatchObject({
      actor: KEEPER.actor,
      detail: { question: "held-texts", seller: "S2" },
    });
  });

  it.each([{ limit: 0 }, { limit: 1_001 }, { after: "x" }, { sellerId: "" }])("refuses %j", async (asked) => {
    await expect(list(asked)).rejects.toMatchObject({ code: "ERR_GARIM_OPTION_INVALID" });
  });
});

describe("countHeldTexts", () => {
  it("counts texts by reason, and says since when", async () => {
    expect(await countHeldTexts(log)).toEqual({
      texts: 3,
      byReason: { "text-names-buyer": 2, "text-asks-contact": 1, "text-shows-personal": 1 },
      since: NOON,
      hasMore: false,
    });
  });
});
