import { type Database, open, pii, schema, subject } from "@garim/express";
import { DAY, kindsOf, resolvePolicy } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openMarketDatabase } from "../fixtures/market-database.ts";
import { type Line, lineOf, tidy } from "../fixtures/shop.ts";
import { openToolShop, type TestTool, type ToolShop } from "../fixtures/tool-shop.ts";

/*
 * What a marketplace hears of its tools where it gives createGarim an ear, and that answers feed what is told.
 */

type Heard = Parameters<NonNullable<NonNullable<Parameters<typeof openToolShop>[1]>["onEvent"]>>[0];

const orderLine = schema<Line>(
  "orderLine",
  { orderNo: open(), buyer: { name: pii.name(), phone: pii.phone() } },
  {
    seller: (line) => line.sellerId,
    subjects: (line) => [subject.buyer(line.buyerId)],
    state: (line) => ({ paidAt: line.paidAt, purposeEndedAt: line.confirmedAt }),
    line: (line) => line.orderNo,
  },
);

const OWNER = { kind: "staff", id: "kim", sellerId: "S1" } as const;

let database: Awaited<ReturnType<typeof openMarketDatabase>>;
let shop: ToolShop;
let tool: TestTool;
const heard: Heard[] = [];
let isDeaf = true;

beforeAll(async () => {
  database = await openMarketDatabase();
  shop = await openToolShop(
    (app, garim) => {
      const reads = { purpose: "fulfilment", tools: "orders.read", undeclared: "drop" } as const;
      app.get("/lines", garim.reveal([orderLine], reads), (_req, res) => {
        res.json([tidy(lineOf({ confirmedAt: null })), tidy(lineOf({ orderNo: "2", confirmedAt: null }))]);
      });
      app.use(garim.errors());
    },
    {
      onEvent: (event) => {
        if (isDeaf) throw new Error("the host is out");
        heard.push(event);
      },
    },
    { database: database as Database },
  );
  tool = await shop.makeTool();
});
afterAll(async () => {
  await shop.close();
  await database.close();
});

const mine = (): readonly Heard[] => heard.filter(({ toolId }) => toolId === tool.toolId);

describe("what answers to tools come to", () => {
  it("notes what of a grant was used, so that the rest is proposed for removal 30 days later", async () => {
    const grantId = await shop.grant(tool, "S1", { fields: ["name", "phone"] });
    const { grants, uses } = shop.garim.tools;
    const day = shop.clock.now;
    shop.clock.now = day + 31 * DAY;
    expect((await tool.get("/lines", await tool.mint({ fields: ["name"] }))).status).toBe(200);
    const unused = await uses.unused(grants.all());
    const own = unused.filter(({ grant }) => grant.id === grantId);
    expect(own.map(({ kinds, purposes, isWhole }) => [kindsOf(kinds), purposes, isWhole])).toEqual([
      [["phone"], [], false],
    ]);
    shop.clock.now = day;
  });

  it("has the host told by onEvent, again where it did not hear, each event once", async () => {
    const { grants, events } = shop.garim.tools;
    const id = grants.find(tool.toolId, "S1")?.id ?? "";
    await grants.revoke(id, OWNER);
    await events.tick();
    expect(mine()).toEqual([]);
    isDeaf = false;
    shop.clock.now += 60 * 60_000;
    await events.tick();
    await events.tick();
    expect(mine().map(({ type, grantId }) => [type, grantId])).toContainEqual(["grant.revoked", id]);
    expect(new Set(mine().map((event) => event.id)).size).toBe(mine().length);
  });

  it("has a tool told of orders it has to destroy on the day they are due, until its receipt came", async () => {
    const { purges, events } = shop.garim.tools;
    const { destroyDays, grantDays } = resolvePolicy();
    const due = () => mine().filter(({ type, grantId }) => type === "purge.due" && grantId === null);
    expect(due()).toEqual([]);
    shop.clock.now += (grantDays + destroyDays) * DAY;
    await events.tick();
    expect(due()).toMatchObject([{ sellerId: "S1", data: { purgeBy: expect.any(String) } }]);
    const keeper = {
      actor: { kind: "tool", id: tool.toolId, sellerId: null },
      session: null,
      factor: null,
      origin: { ip: "127.0.0.1", agent: null },
      route: "test",
    } as const;
    const orderIds = [lineOf().orderNo, "2"];
    const receipt = { toolId: tool.toolId, sellerId: "S1", orderIds, destroyedAt: shop.clock.now };
    const { confirmed } = await purges.confirm({ ...receipt, method: "rows deleted" }, keeper);
    expect(confirmed).toHaveLength(2);
    shop.clock.now += DAY;
    await events.tick();
    expect(due()).toHaveLength(1);
  });
});
