import request from "supertest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mountLine } from "../fixtures/factors.ts";
import { enrolledPerson, openShop, type Person, personOf, type Shop } from "../fixtures/shop.ts";
import { totpCode } from "../fixtures/totp.ts";

const PERIOD = 30_000;

describe("the second factor's endpoints", () => {
  let shop: Shop;
  let port: number;

  beforeAll(async () => {
    shop = await openShop((app, garim) => {
      mountLine(app, garim);
      app.use(garim.errors());
    });
    port = await shop.listen();
  });
  afterAll(() => shop.close());

  const reasonOf = async (answer: Response): Promise<unknown> =>
    ((await answer.json()) as { reason?: string }).reason;
  const actionsOf = async (actor: string): Promise<string[]> =>
    (await shop.garim.log.find({ actor: actor })).entries
      .map(({ access }) => `${access.action} ${access.outcome}`)
      .reverse();

  it("[V16.3.1] lead from log-in to buyers' data, every step on record", async () => {
    const person = personOf(port, "staff/step/S1/owner", shop.clock.now);
    expect(await reasonOf(await person.get("/line"))).toBe("second-factor-unenrolled");
    const { secret, uri } = (await (await person.post("/privacy/factors/totp", {})).json()) as Record<
      "secret" | "uri",
      string
    >;
    expect(uri).toMatch(/^otpauth:\/\/totp\/Garim:step\?secret=/);
    expect(await reasonOf(await person.get("/line"))).toBe("second-factor-unenrolled");
    const before = person.headers["cookie"];
    const code = totpCode(secret, shop.clock.now);
    expect((await person.post("/privacy/factors/totp/confirmation", { code })).status).toBe(200);
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
    expect(await reasonOf(await person.post("/privacy/step-up", { method: "totp", code: used }))).toBe(
      "second-factor-wrong",
    );
    shop.clock.now += PERIOD;
    const next = totpCode(person.secret, shop.clock.now);
    expect((await person.post("/privacy/step-up", { method: "totp", code: next })).status).toBe(200);
    const elsewhere = personOf(port, "staff/twice/S1/owner", shop.clock.now);
    expect(await reasonOf(await elsewhere.post("/privacy/step-up", { method: "totp", code: next }))).toBe(
      "second-factor-wrong",
    );
    expect(await reasonOf(await elsewhere.get("/line"))).toBe("second-factor-missing");
  });

  it("[S1] kill the id that was there before the second factor", async () => {
    const person = personOf(port, "staff/fixed/S1/owner", shop.clock.now);
    await person.get("/line");
    const fixed: Person = { ...person, headers: { ...person.headers } };
    const { secret } = (await (await person.post("/privacy/factors/totp", {})).json()) as {
      secret: string;
    };
    await person.post("/privacy/factors/totp/confirmation", { code: totpCode(secret, shop.clock.now) });
    expect((await person.get("/line")).status).toBe(200);
    const answer = await request(shop.app).get("/line").set(fixed.headers);
    expect(answer.status).toBe(401);
  });

  it.each(["12345", "1234567", "abcdef", "", null, 123_456, { $gt: "" }, ["000000"]])(
    "[V15.3.5] [T3] count %j as a wrong code, like any other",
    async (code) => {
      const person = await enrolledPerson(shop, port, `staff/wrong-${JSON.stringify(code)}/S1/owner`);
      const answer = await person.post("/privacy/step-up", { method: "totp", code });
      expect(answer.status).toBe(401);
      expect(await reasonOf(answer)).toBe("second-factor-wrong");
    },
  );

  it("[T3] lock the account after ten wrong codes, whatever the log-in, and unlock it by the clock", async () => {
    const user = "staff/guess/S1/owner";
    const person = await enrolledPerson(shop, port, user);
    const second = personOf(port, user, shop.clock.now + 1);
    const guess = async (guesser: Person): Promise<unknown> =>
      reasonOf(await guesser.post("/privacy/step-up", { method: "totp", code: "000000" }));
    for (const guesser of [person, second]) {
      for (let i = 0; i < 5; i++) expect(await guess(guesser)).toBe("second-factor-wrong");
    }
    shop.clock.now += PERIOD;
    const third = personOf(port, user, shop.clock.now);
    const right = (): object => ({ method: "totp", code: totpCode(person.secret, shop.clock.now) });
    const locked = await third.post("/privacy/step-up", right());
    expect(locked.status).toBe(429);
    expect(await reasonOf(locked)).toBe("account-locked");
    shop.clock.now += 15 * 60_000;
    expect((await third.post("/privacy/step-up", right())).status).toBe(200);
  });

  it("[T3] take nothing more in a log-in after five wrong codes, until ten minutes have passed", async () => {
    const person = await enrolledPerson(shop, port, "staff/mistype/S1/owner");
    for (let i = 0; i < 5; i++) await person.post("/privacy/step-up", { method: "totp", code: "000000" });
    shop.clock.now += PERIOD;
    const right = (): object => ({ method: "totp", code: totpCode(person.secret, shop.clock.now) });
    const refused = await person.post("/privacy/step-up", right());
    expect(refused.status).toBe(401);
    expect(await reasonOf(refused)).toBe("challenge-void");
    shop.clock.now += 10 * 60_000;
    expect((await person.post("/privacy/step-up", right())).status).toBe(200);
  });

  it("[S6] enrol another authenticator only with a fresh proof of one there is", async () => {
    const person = await enrolledPerson(shop, port, "staff/second/S1/owner");
    expect((await person.post("/privacy/factors/totp", {})).status).toBe(201);
    shop.clock.now += 5 * 60_000 + 1;
    const stale = await person.post("/privacy/factors/totp", {});
    expect(stale.status).toBe(401);
    expect(await reasonOf(stale)).toBe("second-factor-stale");
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

  it("end nothing for a request that was sent before a proof and arrives after it", async () => {
    const person = await enrolledPerson(shop, port, "staff/overtaken/S1/owner");
    const before = { ...person.headers };
    shop.clock.now += 60_000;
    const code = totpCode(person.secret, shop.clock.now);
    expect((await person.post("/privacy/step-up", { method: "totp", code })).status).toBe(200);
    const overtaken = await request(shop.app).get("/line").set(before);
    expect([overtaken.status, overtaken.body.reason]).toEqual([401, "log-in-again"]);
    expect(overtaken.headers["set-cookie"]).toBeUndefined();
    expect((await person.get("/line")).status).toBe(200);
    shop.clock.now += 60_000;
    const late = await request(shop.app).get("/line").set(before);
    expect(late.headers["set-cookie"]?.[0]).toContain("Max-Age=0");
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
    expect((await post(JSON.stringify({ code: "1".repeat(50_000) }))).status).toBe(413);
  });
});
