import { open } from "@garim/express";
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

describe("[L6] filtering, sorting and searching by masked fields", () => {
  let shop: Shop;
  let person: Person;
  let asked = 0;

  beforeAll(async () => {
    shop = await openShop((app, garim) => {
      app.set("query parser", "extended");
      mountPrivacy(app, garim);
      const guard = garim.reveal({ total: open(), lines: [orderLine] }, { purpose: "test" });
      for (const path of ["/lines", "/lines/by/:value"])
        app.get(path, guard, (_req, res) => {
          asked += 1;
          res.json({ total: 1, lines: [tidy(lineOf())] });
        });
    });
    person = await enrolledPerson(shop, await shop.listen(), OWNER);
  });
  afterAll(() => shop.close());

  it.each([
    "?recipient.phone=1234",
    "?recipient[phone]=1234",
    "?phone=1234",
    "?filter[email]=gi",
    "?filter[buyer][email]=gi",
    "?where[0][buyer_name]=x",
    "?recipientPhone=1234",
    "?memo=x",
    "?sort=buyer.name",
    "?sort=-recipient.address,orderNo",
    "?sort[]=orderNo&sort[]=Buyer.Email",
    "?orderBy=phone:asc",
    "?fields=name",
    `?q=${encodeURIComponent("010-9173-1234")}`,
    `?q=${encodeURIComponent("０１０９１７３１２３４")}`,
    `?q=${encodeURIComponent("누구 wqcanary@example.com")}`,
    `/by/${encodeURIComponent("010 9173 1234")}`,
    `?${"a[b]=1&".repeat(1_100)}`,
  ])("are refused, on record, before the handler is asked: %s", async (question) => {
    const before = asked;
    const answer = await person.get(`/lines${question}`);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ reason: "search-personal", source: "code-2022/mask" });
    expect(asked).toBe(before);
    const { entries } = await shop.garim.log.find({ actor: "anna" }, { limit: 1 });
    expect(entries[0]?.access).toMatchObject({ outcome: "refused", reason: "search-personal" });
  });

  it.each([
    "",
    "?page=2&size=20",
    "?orderNo=2026112200000001",
    "?status=paid&sort=-orderedAt",
    "?q=sweet+potato",
    "/by/2026112200000001",
  ])("leave every other question alone: %s", async (question) => {
    expect((await person.get(`/lines${question}`)).status).toBe(200);
  });
});
