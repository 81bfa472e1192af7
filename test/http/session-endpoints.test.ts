import request from "supertest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enrolledPerson, mountPrivacy, openShop, personOf, type Shop } from "../fixtures/shop.ts";

const MINUTE = 60_000;

describe("the endpoints of the session", () => {
  let shop: Shop;
  let port: number;

  beforeAll(async () => {
    shop = await openShop(mountPrivacy);
    port = await shop.listen();
  });
  afterAll(() => shop.close());

  it("tell both ends, and the clock they are told by", async () => {
    const person = await enrolledPerson(shop, port, "staff/ends/S1/owner");
    const openedAt = shop.clock.now;
    shop.clock.now += MINUTE;
    expect(await (await person.get("/privacy/session")).json()).toEqual({
      state: "live",
      worker: { kind: "staff", id: "ends", sellerId: "S1" },
      now: openedAt + MINUTE,
      idleAt: openedAt + 30 * MINUTE,
      absoluteAt: openedAt + 720 * MINUTE,
      secondFactorAt: openedAt,
      enrolled: true,
    });
  });

  it("tell who has no factor yet that none is enrolled", async () => {
    const person = personOf(port, "staff/new/S1/owner", shop.clock.now);
    const told = await (await person.get("/privacy/session")).json();
    expect(told).toMatchObject({ state: "live", secondFactorAt: null, enrolled: false });
  });

  it('move the idle end by "stay signed in", before any factor too, and say where to', async () => {
    const person = personOf(port, "staff/stay/S1/owner", shop.clock.now);
    await person.get("/privacy/session");
    shop.clock.now += 20 * MINUTE;
    const stayed = await person.post("/privacy/session", {});
    expect(await stayed.json()).toMatchObject({ idleAt: shop.clock.now + 30 * MINUTE });
    shop.clock.now += 29 * MINUTE;
    expect(await (await person.get("/privacy/session")).json()).toMatchObject({ state: "live" });
  });

  it("keep nothing alive that has ended, and say why it did", async () => {
    const person = await enrolledPerson(shop, port, "staff/late/S1/owner");
    shop.clock.now += 30 * MINUTE;
    const answer = await person.post("/privacy/session", {});
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ reason: "session-idle" });
  });

  it("give a buyer no session of the sellers' side", async () => {
    const buyer = personOf(port, "buyer/b-1", shop.clock.now);
    expect(await (await buyer.get("/privacy/session")).json()).toEqual({ state: "none", reason: "buyer" });
    expect((await buyer.post("/privacy/session", {})).status).toBe(403);
  });

  it("serve the page's script as a module that browsers may keep", async () => {
    const { status, headers, text } = await request(shop.app).get("/privacy/session.js");
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "public, max-age=3600",
      "x-content-type-options": "nosniff",
    });
    expect(text).toContain("data-garim-countdown");
    // Whatever the page's policy forbids inline, and whatever would have to be fetched from elsewhere.
    expect(text).not.toMatch(/innerHTML|\.style\b|\beval\b|new Function|^import /m);
  });
});
