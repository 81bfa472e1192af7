import type { PGlite } from "@electric-sql/pglite";
import type { Database } from "@garim/express";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { tracesIn } from "../fixtures/canary.ts";
import { freshKeys } from "../fixtures/keys.ts";
import { openMarketDatabase } from "../fixtures/market-database.ts";
import {
  enrolledPerson,
  lineOf,
  mountPrivacy,
  type openShop,
  orderLine,
  type Shop,
  tidy,
} from "../fixtures/shop.ts";
import { openToolShop, type TestTool, type ToolShop } from "../fixtures/tool-shop.ts";

/** How long a record has to take for another look, and some more. */
const LONG_MS = 150;

/** A wire to the database on which records stand still when a test says so. */
class SlowLog implements Database {
  readonly #database: Database;
  #held: Promise<void> = Promise.resolve();
  #onRecord: () => void = () => undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  async query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> {
    if (text.includes("garim.append(")) {
      this.#onRecord();
      await this.#held;
    }
    return await this.#database.query(text, values);
  }

  /** Holds the next records. @returns what waits for one, and what lets them go, long after they came */
  hold(): { readonly came: Promise<void>; letGo(): Promise<void> } {
    let open: () => void = () => undefined;
    let cameAt = 0;
    this.#held = new Promise((resolve) => (open = resolve));
    const came = new Promise<void>((resolve) => {
      this.#onRecord = () => {
        cameAt = performance.now();
        resolve();
      };
    });
    return {
      came,
      async letGo() {
        await vi.waitFor(() => expect(performance.now() - cameAt).toBeGreaterThan(LONG_MS));
        open();
      },
    };
  }
}

describe("[S3 V7.4.1 A2] an answer whose record takes long", () => {
  const clock = { now: Date.parse("2026-11-22T09:00:00+09:00") };
  const keys = freshKeys();
  let database: PGlite;
  let wire: SlowLog;
  let one: ToolShop;
  let other: Shop;
  let tool: TestTool;

  beforeAll(async () => {
    database = await openMarketDatabase();
    wire = new SlowLog(database);
    const mount: Parameters<typeof openShop>[0] = (app, garim) => {
      mountPrivacy(app, garim);
      const open = tidy(lineOf({ confirmedAt: null }));
      app.get("/line", garim.reveal(orderLine, { purpose: "test" }), (_req, res) => void res.json(open));
      const options = { purpose: "fulfilment", tools: "orders.read" } as const;
      app.get("/api/lines", garim.reveal([orderLine], options), (_req, res) => void res.json([open]));
      const bulk = { ...options, keyOf: () => "1", read: async () => [open] };
      app.get("/api/bulk", garim.bulk(orderLine as never, bulk));
    };
    const common = { keys, clock: () => clock.now };
    one = await openToolShop(mount, {}, { ...common, database: wire });
    other = await openToolShop(mount, {}, { ...common, database });
    one.clock.now = clock.now;
    tool = await one.makeTool();
  });
  afterAll(async () => {
    await one.close();
    await other.close();
    await database.close();
  });

  it("is not sent where the session was ended on another node meanwhile", async () => {
    const port = await one.listen();
    const person = await enrolledPerson(one, port, "staff/anna/S1/owner");
    const held = wire.hold();
    const asked = person.get("/line");
    await held.came;
    await other.garim.staff.endSessions({ kind: "staff", id: "anna", sellerId: "S1" });
    clock.now += 1_000;
    await held.letGo();
    const answer = await asked;
    const body = await answer.text();
    expect(tracesIn(Buffer.from(body))).toEqual([]);
    expect([answer.status, JSON.parse(body).reason]).toEqual([401, "session-revoked"]);
  });

  it("is sent where the session lives on", async () => {
    const port = await one.listen();
    const person = await enrolledPerson(one, port, "staff/berta/S1/owner");
    const held = wire.hold();
    const asked = person.get("/line");
    await held.came;
    await held.letGo();
    const answer = await asked;
    expect(answer.status).toBe(200);
    expect(tracesIn(Buffer.from(await answer.text()))).not.toEqual([]);
  });

  it.each(["/api/lines", "/api/bulk"])(
    "is not sent to a tool whose grant was revoked meanwhile: %s",
    async (path) => {
      const grant = await one.grant(tool, "S1");
      const token = await tool.mint();
      const held = wire.hold();
      const asked = tool.get(path, token);
      await held.came;
      await other.garim.tools.grants.revoke(grant, { kind: "staff", id: "anna", sellerId: "S1" });
      await one.garim.tools.follower.refresh();
      await held.letGo();
      const answer = await asked;
      expect(tracesIn(Buffer.from(await answer.text()))).toEqual([]);
      expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, expect.any(String)]);
      const again = await tool.get(path, await tool.mint());
      expect(again.headers.get("garim-left-out")).toBe("grant-revoked;count=1");
    },
  );

  it.each(["/api/lines", "/api/bulk"])("is sent to a tool whose grant stands: %s", async (path) => {
    const grant = await one.grant(tool, "S1");
    const token = await tool.mint();
    const held = wire.hold();
    const asked = tool.get(path, token);
    await held.came;
    await held.letGo();
    const answer = await asked;
    expect(answer.status).toBe(200);
    expect(tracesIn(Buffer.from(await answer.text()))).not.toEqual([]);
    await one.garim.tools.grants.revoke(grant, { kind: "staff", id: "anna", sellerId: "S1" });
  });
});
