import request from "supertest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  enrolledPerson,
  lineOf,
  mountPrivacy,
  openShop,
  orderLine,
  type Person,
  personOf,
  type Shop,
  tidy,
} from "../fixtures/shop.ts";
import { totpCode } from "../fixtures/totp.ts";

const PERIOD = 30_000;

describe("the second factor's endpoints", () => {
  let shop: Shop;
  let port: number;

  beforeAll(async () => {
    shop = await openShop((app, garim) => {
      mountPrivacy(app, garim);
      app.get(
        "/line",
        garim.reveal(orderLine, { purpose: "test" }),
        (_req, res) => void res.json(tidy(lineOf())),
      );
      app.use(garim.errors());
    });
    port = await shop.listen();
  });
  afterAll(() => shop.close());

  const reasonOf = async (answer: Response): Promise<unknown> =>
    ((await answer.json()) as { reason?: string }).reason;
  const actionsOf = async (actor: string): Promise<string[]> =>
    (await shop.garim.log.byActor(actor)).entries
      .map(({ access }) => `${access.action} ${access.outcome}`)
      .reverse();

  it("lead from log-in to buyers' data, every step on record", async () => {
    const person = personOf(port, "staff/step/S1/owner", shop.clock.now);
    expect(await reasonOf(await person.get("/line"))).toBe("second-factor-unenrolled");
    const { secret, uri } = (await (await person.post("/privacy/totp/enrolment", {})).json()) as Record<
      "secret" | "uri",
      string
    >;
    expect(uri).toMatch(/^otpauth:\/\/totp\/Garim:step\?secret=/);
    expect(await reasonOf(await person.get("/line"))).toBe("second-factor-unenrolled");
    const before = person.headers["cookie"];
    const code = totpCode(secret, shop.clock.now);
    expect((await person.post("/privacy/totp/enrolment/confirmation", { code })).status).toBe(200);
    expect(person.headers["cookie"]).not.toBe(before);
    expect((await person.get("/line")).status).toBe(200);
    expect(await (await person.get("/privacy/session")).json()).toMatchObject({
      state: "live",
      worker: { kind: "staff", id: "step", sellerId: "S1" },
      secondFactorAt: shop.clock.now,
      enrolled: true,
    });
    expect(await actionsOf("step")).toEqual([
      "log-in done",
      "view refused",
      "enrol-factor done",
      "view refused",
      "enrol-factor done",
      "view disclosed",
    ]);
  });

  it("[T1] take no code twice, in no other session, and the enrolment's code not either", async () => {
    const person = await enrolledPerson(shop, port, "staff/twice/S1/owner");
    const used = totpCode(person.secret, shop.clock.now);
    expect(await reasonOf(await person.post("/privacy/step-up", { code: used }))).toBe("second-factor-wrong");
    shop.clock.now += PERIOD;
    const next = totpCode(person.secret, shop.clock.now);
    expect((await person.post("/privacy/step-up", { code: next })).status).toBe(200);
    const elsewhere = personOf(port, "staff/twice/S1/owner", shop.clock.now);
    expect(await reasonOf(await elsewhere.post("/privacy/step-up", { code: next }))).toBe(
      "second-factor-wrong",
    );
    expect(await reasonOf(await elsewhere.get("/line"))).toBe("second-factor-missing");
  });

  it("[S1] kill the id that was there before the second factor", async () => {
    const person = personOf(port, "staff/fixed/S1/owner", shop.clock.now);
    await person.get("/line");
    const fixed: Person = { ...person, headers: { ...person.headers } };
    const { secret } = (await (await person.post("/privacy/totp/enrolment", {})).json()) as {
      secret: string;
    };
    await person.post("/privacy/totp/enrolment/confirmation", { code: totpCode(secret, shop.clock.now) });
    expect((await person.get("/line")).status).toBe(200);
    const answer = await request(shop.app).get("/line").set(fixed.headers);
    expect(answer.status).toBe(401);
  });

  it.each(["12345", "1234567", "abcdef", "", null, 123_456, { $gt: "" }, ["000000"]])(
    "[T3] count %j as a wrong code, like any other",
    async (code) => {
      const person = await enrolledPerson(shop, port, `staff/wrong-${JSON.stringify(code)}/S1/owner`);
      const answer = await person.post("/privacy/step-up", { code });
      expect(answer.status).toBe(401);
      expect(await reasonOf(answer)).toBe("second-factor-wrong");
    },
  );

  it("[T3] lock the account after ten wrong codes, the right one included, and unlock it by the clock", async () => {
    const person = await enrolledPerson(shop, port, "staff/guess/S1/owner");
    for (let i = 0; i < 10; i++) await person.post("/privacy/step-up", { code: "000000" });
    shop.clock.now += PERIOD;
    const right = (): object => ({ code: totpCode(person.secret, shop.clock.now) });
    const locked = await person.post("/privacy/step-up", right());
    expect(locked.status).toBe(429);
    expect(await reasonOf(locked)).toBe("account-locked");
    shop.clock.now += 15 * 60_000;
    expect((await person.post("/privacy/step-up", right())).status).toBe(200);
  });

  it("[S6] enrol no second authenticator for who has one", async () => {
    const person = await enrolledPerson(shop, port, "staff/second/S1/owner");
    const answer = await person.post("/privacy/totp/enrolment", {});
    expect(answer.status).toBe(409);
    expect(await reasonOf(answer)).toBe("second-factor-enrolled");
  });

  it("[S5] do nothing for another site", async () => {
    const person = await enrolledPerson(shop, port, "staff/csrf/S1/owner");
    for (const header of [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "https://evil.example" },
    ]) {
      const answer = await request(shop.app).post("/privacy/sign-out").set(person.headers).set(header);
      expect(answer.status).toBe(403);
      expect(answer.body.reason).toBe("cross-site");
    }
    expect((await person.get("/line")).status).toBe(200);
  });

  it("sign out for good", async () => {
    const person = await enrolledPerson(shop, port, "staff/leave/S1/owner");
    const held = { ...person.headers };
    expect((await person.post("/privacy/sign-out", {})).status).toBe(204);
    expect((await request(shop.app).get("/line").set(held)).body.reason).toBe("log-in-again");
    expect((await actionsOf("leave")).slice(-1)).toEqual(["log-out done"]);
  });

  it("answer bad bodies with 400 and 413, not 500", async () => {
    const post = (body: string) =>
      request(shop.app)
        .post("/privacy/step-up")
        .set({ "content-type": "application/json", "x-user": "staff/a/S1/owner" })
        .send(body);
    expect((await post("{")).status).toBe(400);
    expect((await post(JSON.stringify({ code: "1".repeat(5_000) }))).status).toBe(413);
  });
});
