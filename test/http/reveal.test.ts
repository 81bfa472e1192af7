import type { Problem } from "@garim/express";
import { open } from "@garim/express";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CANARY } from "../fixtures/canary.ts";
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

const HOUR = 3_600_000;
const openLine = tidy(lineOf({ confirmedAt: null, orderNo: "1" }));
const endedLine = tidy(lineOf({ orderNo: "2" }));

describe("reveal", () => {
  let shop: Shop;
  let port: number;
  let owner: Person;

  beforeAll(async () => {
    shop = await openShop((app, garim) => {
      mountPrivacy(app, garim);
      const purpose = { purpose: "fulfilment" };
      app.get("/line", garim.reveal(orderLine, purpose), (_req, res) => void res.json(openLine));
      app.get(
        "/lines",
        garim.reveal({ total: open(), lines: [orderLine] }, purpose),
        (_req, res) => void res.json({ total: 2, lines: [openLine, endedLine] }),
      );
      app.get("/none", garim.reveal([orderLine], purpose), (_req, res) => void res.json([]));
      app.get(
        "/other",
        garim.reveal([orderLine], purpose),
        (_req, res) => void res.json([openLine, tidy(lineOf({ sellerId: "S2" }))]),
      );
      app.get(
        "/missing",
        garim.reveal(orderLine, purpose),
        (_req, res) => void res.status(404).json({ message: "주문이 없습니다" }),
      );
      app.get("/gone", garim.reveal(orderLine, purpose), (_req, res) => void res.sendStatus(204));
    });
    port = await shop.listen();
    owner = await enrolledPerson(shop, port, OWNER);
  });
  afterAll(() => shop.close());

  const problem = async (answer: Response): Promise<Problem> => (await answer.json()) as Problem;

  it("[V14.2.6] judges each record on its own: the open one clear, the one beside it masked, and says why", async () => {
    const { total, lines } = (await (await owner.get("/lines")).json()) as {
      total: number;
      lines: Record<string, unknown>[];
    };
    expect(total).toBe(2);
    expect(lines[0]).toEqual({ ...openLine });
    expect(lines[1]).toMatchObject({
      orderNo: "2",
      buyer: { name: "김****새", phone: "010-****-1234" },
      recipient: { address: "서울특별시 강남구 ***", postcode: "***", customsCode: "***" },
      memo: null,
      _masked: {
        reason: "purpose-ended",
        profile: "pipc",
        fields: expect.arrayContaining(["buyer.name", "memo"]),
      },
    });
  });

  it("[V8.2.3] masks what a role does not name, and says so", async () => {
    const shipper = await enrolledPerson(shop, port, "staff/shin/S1/shipper");
    expect(await (await shipper.get("/line")).json()).toMatchObject({
      buyer: { name: CANARY.name, email: "wq***@example.com" },
      _masked: { fields: ["buyer.email"], reason: "role-lacks-field" },
    });
  });

  it.each([
    ["nobody", undefined, 401, "not-logged-in"],
    ["a buyer", "buyer/b-1", 403, "role-lacks-action"],
    ["staff without a second factor", "staff/new/S1/owner", 401, "second-factor-unenrolled"],
  ])("refuses %s", async (_, user, status, reason) => {
    const answer = await request(shop.app)
      .get("/line")
      .set(user === undefined ? {} : { "x-user": user });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ status, reason, type: `urn:garim:reason:${reason}` });
    expect(answer.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
  });

  it("[V10.3.4] challenges a program for a fresh second factor as RFC 9470 says", async () => {
    const answer = await request(shop.app).get("/line").set("x-user", "staff/new/S1/owner");
    expect(answer.headers["www-authenticate"]).toContain('error="insufficient_user_authentication"');
    expect(answer.headers["www-authenticate"]).toContain('max_age="43200"');
  });

  it("[V8.2.1] refuses staff whose roles may not view, and auditors", async () => {
    for (const user of ["staff/idle/S1/none", "auditor/audrey"]) {
      const person = await enrolledPerson(shop, port, user);
      expect(await problem(await person.get("/line"))).toMatchObject({
        status: 403,
        reason: "role-lacks-action",
      });
    }
  });

  it("[V8.2.2 V8.4.1] [B1] refuses the whole answer when one record is another seller's, and lets operators see both", async () => {
    expect(await problem(await owner.get("/other"))).toMatchObject({ status: 403, reason: "other-seller" });
    const operator = await enrolledPerson(shop, port, "operator/oh");
    expect((await operator.get("/other")).status).toBe(200);
  });

  it("speaks Korean unless English is preferred", async () => {
    expect(await problem(await owner.get("/other"))).toMatchObject({ detail: "다른 판매자의 주문입니다." });
    const english = { ...owner, headers: { ...owner.headers, "accept-language": "en-US,en;q=0.9" } };
    const answer = await request(shop.app).get("/other").set(english.headers);
    expect(answer.body).toMatchObject({ title: "Not allowed", detail: "This belongs to another seller." });
  });

  it("lets a handler say 404 in its own words, and 204 in none", async () => {
    const missing = await owner.get("/missing");
    expect(missing.status).toBe(404);
    expect(await problem(missing)).toMatchObject({ status: 404, detail: "주문이 없습니다" });
    expect((await owner.get("/gone")).status).toBe(204);
  });

  it("[V16.2.1] puts every answer on record: who, when, from where, whose data, what, and the facts to judge it again", async () => {
    const answer = await owner.get("/lines");
    const { entries } = await shop.garim.log.find({ actor: "anna" }, { limit: 1 });
    expect(entries[0]?.id).toBe(answer.headers.get("garim-record"));
    expect(entries[0]?.access).toMatchObject({
      at: shop.clock.now,
      actor: { kind: "staff", id: "anna", sellerId: "S1" },
      factor: { method: "totp" },
      action: "view",
      outcome: "disclosed",
      route: "GET /lines",
      purpose: "fulfilment",
      policy: { edition: "kr-2026-10-31", overrides: {} },
      records: [
        { disclosure: { kind: "reveal" } },
        { disclosure: { kind: "mask", reason: "purpose-ended" } },
      ],
    });
    expect(entries[0]?.access.records[0]?.subjects).toHaveLength(2);
    expect(JSON.stringify(entries)).not.toMatch(/\bb-1\b|010-9173/);
  });

  it("[V16.3.2] records refusals of people it knows, and sums up those of nobody", async () => {
    const other = await owner.get("/other");
    const { entries } = await shop.garim.log.find({ actor: "anna" }, { limit: 1 });
    expect(entries[0]).toMatchObject({
      id: other.headers.get("garim-record"),
      access: { outcome: "refused", reason: "other-seller" },
    });
    const before = (await shop.garim.log.find({}, { limit: 1 })).entries[0]?.seq;
    for (let i = 0; i < 50; i++) await request(shop.app).get("/line");
    expect((await shop.garim.log.find({}, { limit: 1 })).entries[0]?.seq).toBe(before);
  });

  it("ends an idle session: masked or not, nothing more, and the host's log-in alone brings nothing back", async () => {
    const signedOut: string[] = [];
    const own = await openShop(
      (app, garim) => {
        mountPrivacy(app, garim);
        app.get(
          "/line",
          garim.reveal(orderLine, { purpose: "test" }),
          (_req, res) => void res.json(openLine),
        );
      },
      { signOut: (req) => signedOut.push(String(req.get("x-user"))) },
    );
    const person = await enrolledPerson(own, await own.listen(), OWNER);
    own.clock.now += HOUR / 2 - 6_000;
    expect((await person.get("/line")).status).toBe(200);
    own.clock.now += HOUR / 2;
    expect(await problem(await person.get("/line"))).toMatchObject({ status: 401, reason: "session-idle" });
    expect(signedOut).toEqual([OWNER]);
    const again = personOf(await own.listen(), OWNER, Number(person.headers["x-authenticated-at"]));
    expect(await problem(await again.get("/line"))).toMatchObject({ reason: "log-in-again" });
    const newer = personOf(await own.listen(), OWNER, own.clock.now);
    expect(await problem(await newer.get("/line"))).toMatchObject({ reason: "second-factor-missing" });
    await own.close();
  });
});
