import type { PGlite } from "@electric-sql/pglite";
import type { Database } from "@garim/express";
import type { RequestHandler } from "express";
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

describe("[T5] with the database out", () => {
  let shop: Shop;
  let port: number;
  let person: Person;
  let isOut = false;
  /** What of it is asked for with such a key cannot be had. */
  let isOutFor: string | undefined;
  let real: PGlite;

  beforeAll(async () => {
    real = await openMarketDatabase();
    const database: Database = {
      query: (text, values) =>
        isOut || (isOutFor !== undefined && JSON.stringify(values).includes(isOutFor))
          ? Promise.reject(new Error("connection refused"))
          : real.query(text, values),
    };
    shop = await openShop(
      (app, garim) => {
        mountPrivacy(app, garim);
        app.get(
          "/line",
          garim.reveal(orderLine, { purpose: "test" }),
          (_req, res) => void res.json(tidy(lineOf())),
        );
        app.get("/health", garim.unguarded("health"), (_req, res) => void res.json({ ok: true }));
        const out: RequestHandler = () => {
          throw Object.assign(new Error(CANARY.phone), { status: 503 });
        };
        app.get("/out/line", garim.reveal(orderLine, { purpose: "test" }), out);
        app.get("/out/open", garim.unguarded("the host's own"), out);
        app.use(garim.errors());
      },
      { database },
    );
    port = await shop.listen();
    person = await enrolledPerson(shop, port, OWNER);
  });
  afterAll(async () => {
    await shop.close();
    await real.close();
  });

  it("answers 503 with Retry-After on guarded routes, lives on elsewhere, and comes back by itself", async () => {
    expect((await person.get("/line")).status).toBe(200);
    isOut = true;
    const answer = await person.get("/line");
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("5");
    expect(await answer.json()).toMatchObject({ reason: "unavailable" });
    expect((await person.get("/health")).status).toBe(200);
    isOut = false;
    await expect.poll(async () => (await person.get("/line")).status, { timeout: 10_000 }).toBe(200);
  });

  it.each(["/out/line", "/out/open"])(
    "passes on, with a moment to come back, that something of the host's own is out: %s",
    async (path) => {
      const answer = await person.get(path);
      expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
      expect(await answer.text()).not.toContain(CANARY.phone);
    },
  );

  it("tells a page's countdown that it cannot tell, where only the factors cannot be read", async () => {
    const newcomer = personOf(port, "staff/newcomer/S1/owner", shop.clock.now);
    expect(await (await newcomer.get("/privacy/session")).json()).toMatchObject({ state: "live" });
    isOutFor = "/account/";
    const answer = await newcomer.get("/privacy/session");
    isOutFor = undefined;
    expect([answer.status, await answer.json()]).toEqual([200, { state: "none", reason: "unavailable" }]);
  });
});
