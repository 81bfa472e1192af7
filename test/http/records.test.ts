import type { PGlite } from "@electric-sql/pglite";
import type { Database } from "@garim/express";
import { subject } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CANARY } from "../fixtures/canary.ts";
import { openMarketDatabase } from "../fixtures/market-database.ts";
import {
  enrolledPerson,
  lineOf,
  mountPrivacy,
  OWNER,
  openShop,
  orderLine,
  type Person,
  personOf,
  type Shop,
  tidy,
} from "../fixtures/shop.ts";

interface Listing {
  readonly entries: readonly Record<string, unknown>[];
  readonly damaged: readonly unknown[];
  readonly next: number | null;
}

describe("records", () => {
  let shop: Shop;
  let port: number;
  let auditor: Person;

  beforeAll(async () => {
    shop = await openShop((app, garim) => {
      mountPrivacy(app, garim);
      app.get(
        "/line",
        garim.reveal(orderLine, { purpose: "fulfilment" }),
        (_req, res) => void res.json(tidy(lineOf())),
      );
      app.get("/records", garim.records());
    });
    port = await shop.listen();
    const owner = await enrolledPerson(shop, port, OWNER);
    for (let i = 0; i < 3; i++) await owner.get("/line");
    auditor = await enrolledPerson(shop, port, "auditor/audrey");
  });
  afterAll(() => shop.close());

  const list = async (query: string): Promise<Listing> =>
    (await (await auditor.get(`/records${query}`)).json()) as Listing;

  it.each([
    ["a buyer", "?buyer=b-1"],
    ["a phone, however it is written", `?phone=${encodeURIComponent("+82 10 9173 1234")}`],
  ])("tell who saw %s", async (_, query) => {
    const { entries } = await list(query);
    expect(entries).toHaveLength(3);
    expect(entries[0]).toMatchObject({
      actor: { kind: "staff", id: "anna", sellerId: "S1" },
      action: "view",
      outcome: "disclosed",
      purpose: "fulfilment",
      route: "GET /line",
      records: 1,
      clear: 0,
      subjects: 2,
    });
    expect(JSON.stringify(entries)).not.toContain(CANARY.phone);
  });

  it("find nobody for a buyer nobody saw", async () => {
    expect(await list("?buyer=b-2")).toEqual({ entries: [], damaged: [], next: null, behind: 0 });
  });

  it("page by key", async () => {
    const first = await list("?actor=anna&limit=2");
    expect(first.entries).toHaveLength(2);
    const second = await list(`?actor=anna&limit=2&before=${first.next}`);
    expect(Number(second.entries[0]?.["seq"])).toBeLessThan(Number(first.entries[1]?.["seq"]));
  });

  it("are themselves on record", async () => {
    const answer = await auditor.get("/records?buyer=b-1");
    const { entries } = await list("?actor=audrey&limit=1");
    expect(entries[0]).toMatchObject({
      id: answer.headers.get("garim-record"),
      action: "log-query",
      outcome: "done",
    });
  });

  it("are found by whom they were asked for, and by nothing said in clear", async () => {
    await auditor.get(`/records?phone=${encodeURIComponent("010 5555 7777")}`);
    const { entries } = await shop.garim.log.find({ subject: subject.phone("01055557777") });
    expect(entries).toHaveLength(1);
    expect(entries[0]?.access).toMatchObject({
      actor: { kind: "auditor", id: "audrey" },
      action: "log-query",
      outcome: "done",
      route: "GET /records",
      factor: { method: "totp" },
      asked: [{ type: "phone" }],
      detail: { verb: "who-saw" },
    });
    expect(JSON.stringify(entries)).not.toContain("5555");
  });

  it.each([
    ["?actor=anna&action=view&outcome=disclosed", 3],
    ["?buyer=b-1&actor=anna&seller=S1", 3],
    ["?buyer=b-1&seller=S2", 0],
    ["?tool=anna", 0],
    ["?actor=anna&action=view&from=2020-01-01T00:00:00%2B09:00&to=4102444799999", 3],
    ["?actor=anna&to=2020-01-01T00:00:00%2B09:00", 0],
  ])("are narrowed by %s", async (query, count) => {
    expect((await list(query)).entries).toHaveLength(count);
  });

  it("leave no record of a question that cannot be asked", async () => {
    const before = (await shop.garim.log.find({ actor: "audrey" }, { limit: 1 })).entries[0]?.seq;
    await auditor.get("/records?buyer=b-1&limit=0");
    expect((await shop.garim.log.find({ actor: "audrey" }, { limit: 1 })).entries[0]?.seq).toBe(before);
  });

  it.each([
    "?limit=0",
    "?limit=5000",
    "?limit=x",
    "?before=-1",
    "?buyer=",
    "?buyer=a&buyer=b",
    "?actor[]=x",
    "?action=peek",
    "?outcome=maybe",
    "?from=2026-11-01",
    "?from=3&to=2",
    `?phone=${"1".repeat(300)}`,
  ])("answer 400 to %s", async (query) => {
    expect((await auditor.get(`/records${query}`)).status).toBe(400);
  });

  it("are for auditors with a second factor only", async () => {
    const owner = await enrolledPerson(shop, port, "staff/other/S1/owner");
    expect((await owner.get("/records")).status).toBe(403);
    expect((await personOf(port, "auditor/new", shop.clock.now).get("/records")).status).toBe(401);
    expect((await fetch(`http://127.0.0.1:${port}/records`)).status).toBe(401);
  });
});

describe("[T5] records of a log that cannot be written", () => {
  let shop: Shop;
  let auditor: Person;
  let real: PGlite;
  let isFull = false;

  beforeAll(async () => {
    real = await openMarketDatabase();
    const database: Database = {
      query: (text, values) =>
        isFull && text.includes("garim.append")
          ? Promise.reject(Object.assign(new Error("disk full"), { code: "53100" }))
          : real.query(text, values),
    };
    shop = await openShop(
      (app, garim) => {
        mountPrivacy(app, garim);
        app.get("/records", garim.records());
      },
      { database },
    );
    auditor = await enrolledPerson(shop, await shop.listen(), "auditor/audrey");
  });
  afterAll(async () => {
    isFull = false;
    await shop.close();
    await real.close();
  });

  it("are not told: a question that is not on record has no answer", async () => {
    expect((await auditor.get("/records")).status).toBe(200);
    isFull = true;
    const answer = await auditor.get("/records?buyer=b-1");
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ reason: "unavailable" });
    expect(answer.headers.get("garim-record")).toBeNull();
  });
});
