import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tracesIn } from "../fixtures/canary.ts";
import { rawRequest } from "../fixtures/raw-http.ts";
import {
  enrolledPerson,
  headOf,
  lineOf,
  mountPrivacy,
  OWNER,
  openShop,
  orderLine,
  type Person,
  type Shop,
  tidy,
} from "../fixtures/shop.ts";

describe("an answer of a guarded route", () => {
  let shop: Shop;
  let person: Person;
  let port: number;
  let asked = 0;

  beforeAll(async () => {
    shop = await openShop((app, garim) => {
      mountPrivacy(app, garim);
      app.get("/line", garim.reveal(orderLine, { purpose: "test" }), (_req, res) => {
        asked += 1;
        res.json(tidy(lineOf()));
      });
    });
    port = await shop.listen();
    person = await enrolledPerson(shop, port, OWNER);
  });
  afterAll(() => shop.close());

  it("[V3.2.1 V3.4.4 V3.5.8] is no page, is taken for nothing else, and is no other site's to load", async () => {
    for (const answer of [await person.get("/line"), await fetch(`http://127.0.0.1:${port}/line`)]) {
      expect(answer.headers.get("content-type")).toMatch(/^application\/(?:problem\+)?json/);
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(answer.headers.get("cross-origin-resource-policy")).toBe("same-origin");
    }
  });

  it("[V4.1.1] says its type and letters, masked or refused", async () => {
    expect((await person.get("/line")).headers.get("content-type")).toBe("application/json; charset=utf-8");
    const refused = await fetch(`http://127.0.0.1:${port}/line`);
    expect(refused.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  });

  it.each(["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])(
    "[V4.1.4 V13.4.4] comes to no %s, which its route does not name",
    async (method) => {
      const before = asked;
      const answer = await rawRequest(port, headOf(person, `${method} /line`, "Content-Length: 0"));
      expect([404, 405]).toContain(answer.status);
      expect(tracesIn(answer.bytes)).toEqual([]);
      // What TRACE would give back: the request's own head, cookie and all.
      expect(answer.bytes.toString()).not.toContain(person.headers["cookie"]);
      expect(asked).toBe(before);
    },
  );
});
