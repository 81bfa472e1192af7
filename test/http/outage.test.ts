import { PGlite } from "@electric-sql/pglite";
import type { Database } from "@garim/express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  enrolledPerson,
  lineOf,
  mountPrivacy,
  OWNER,
  openShop,
  orderLine,
  type Person,
  type Shop,
  tidy,
} from "../fixtures/shop.ts";

describe("[T5] with the database out", () => {
  let shop: Shop;
  let person: Person;
  let isOut = false;
  let real: PGlite;

  beforeAll(async () => {
    real = await PGlite.create();
    const database: Database = {
      query: (text, values) =>
        isOut ? Promise.reject(new Error("connection refused")) : real.query(text, values),
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
      },
      { database },
    );
    person = await enrolledPerson(shop, await shop.listen(), OWNER);
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
});
