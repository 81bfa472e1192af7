import { PGlite } from "@electric-sql/pglite";
import type { Database } from "@garim/express";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
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

const MINUTES = 60_000;

describe("[T5 V16.5.2] a database that takes questions and answers none", () => {
  let real: PGlite;
  let shop: Shop;
  let person: Person;
  let answering: Promise<void> = Promise.resolve();
  let answer: () => void = () => undefined;

  beforeAll(async () => {
    real = await PGlite.create();
    const database: Database = {
      async query(text, values) {
        await answering;
        return await real.query(text, values);
      },
    };
    shop = await openShop(
      (app, garim) => {
        mountPrivacy(app, garim);
        const guard = garim.reveal(orderLine, { purpose: "test" });
        app.get("/line", guard, (_req, res) => void res.json(tidy(lineOf())));
      },
      { database },
    );
    person = await enrolledPerson(shop, await shop.listen(), OWNER);
  });
  afterAll(async () => {
    answer();
    await shop.close();
    await real.close();
  });

  it(
    "lets no request wait for ever, and comes back by itself",
    async () => {
      expect((await person.get("/line")).status).toBe(200);
      answering = new Promise((resolve) => {
        answer = resolve;
      });
      shop.clock.now += 1_000;
      const first = await Promise.all([person.get("/line"), person.get("/line"), person.get("/line")]);
      for (const { status, headers } of first)
        expect([status, headers.get("retry-after")]).toEqual([503, "5"]);
      answer();
      await vi.waitFor(async () => expect((await person.get("/line")).status).toBe(200), {
        timeout: MINUTES,
        interval: 50,
      });
    },
    5 * MINUTES,
  );
});
