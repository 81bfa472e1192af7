import compression from "compression";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tracesIn } from "../fixtures/canary.ts";
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

describe("[L3] caches", () => {
  let shop: Shop;
  let person: Person;
  let confirmedAt: string | null = null;

  beforeAll(async () => {
    shop = await openShop((app, garim) => {
      app.set("etag", "strong");
      app.use(compression({ threshold: 0 }));
      mountPrivacy(app, garim);
      app.get("/order", garim.reveal(orderLine, { purpose: "test" }), (_req, res) => {
        res
          .set("ETag", '"1"')
          .set("Last-Modified", new Date(0).toUTCString())
          .set("Cache-Control", "public, max-age=600");
        res.json(tidy(lineOf({ confirmedAt })));
      });
    });
    person = await enrolledPerson(shop, await shop.listen(), OWNER);
  });
  afterAll(() => shop.close());

  it("[V14.2.2 V14.3.2] get nothing to keep, whatever the handler says", async () => {
    const answer = await person.get("/order");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    for (const name of ["etag", "last-modified", "expires", "age"])
      expect(answer.headers.has(name)).toBe(false);
  });

  it("are never told that what they hold is still right: no 304, not even after confirmation", async () => {
    expect(tracesIn(new Uint8Array(await (await person.get("/order")).arrayBuffer()))).not.toEqual([]);
    confirmedAt = new Date(shop.clock.now).toISOString();
    for (const condition of [
      { "if-none-match": "*" },
      { "if-none-match": '"1"' },
      { "if-modified-since": new Date().toUTCString() },
    ]) {
      Object.assign(person.headers, condition);
      const answer = await person.get("/order");
      expect(answer.status).toBe(200);
      expect(tracesIn(new Uint8Array(await answer.arrayBuffer()))).toEqual([]);
    }
  });

  it("are told not to keep refusals either", async () => {
    const answer = await fetch(`http://127.0.0.1:${await shop.listen()}/order`);
    expect(answer.status).toBe(401);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });
});
