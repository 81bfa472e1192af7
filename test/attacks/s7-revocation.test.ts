import type { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tracesIn } from "../fixtures/canary.ts";
import { freshKeys } from "../fixtures/keys.ts";
import { openMarketDatabase } from "../fixtures/market-database.ts";
import { lineOf, type openShop, orderLine, type Shop, tidy } from "../fixtures/shop.ts";
import { openToolShop, type ToolShop } from "../fixtures/tool-shop.ts";

const AHEAD_MS = 60_000;

describe("[S7] a grant revoked on a node whose clock is ahead", () => {
  const now = Date.parse("2026-11-22T09:00:00+09:00");
  const keys = freshKeys();
  let database: PGlite;
  let one: ToolShop;
  let ahead: Shop;

  beforeAll(async () => {
    database = await openMarketDatabase();
    const mount: Parameters<typeof openShop>[0] = (app, garim) => {
      const guard = garim.reveal([orderLine], { purpose: "fulfilment", tools: "orders.read" });
      app.get("/api/lines", guard, (_req, res) => void res.json([tidy(lineOf({ confirmedAt: null }))]));
    };
    one = await openToolShop(mount, {}, { keys, database, clock: () => now });
    one.clock.now = now;
    ahead = await openToolShop(mount, {}, { keys, database, clock: () => now + AHEAD_MS });
  });
  afterAll(async () => {
    await one.close();
    await ahead.close();
    await database.close();
  });

  it("gives nothing on the others as soon as they know of it", async () => {
    const tool = await one.makeTool();
    const grant = await one.grant(tool, "S1");
    const token = await tool.mint();
    const before = await tool.get("/api/lines", token);
    expect(tracesIn(Buffer.from(await before.text()))).not.toEqual([]);
    await ahead.garim.tools.follower.refresh();
    await ahead.garim.tools.grants.revoke(grant, { kind: "staff", id: "anna", sellerId: "S1" });
    await one.garim.tools.follower.refresh();
    const answer = await tool.get("/api/lines", token);
    expect(answer.headers.get("garim-left-out")).toBe("grant-revoked;count=1");
    expect(tracesIn(Buffer.from(await answer.text()))).toEqual([]);
  });
});
