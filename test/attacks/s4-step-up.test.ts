import type { GarimOptions, StaffIdentity } from "@garim/express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logInAgain, mountLine, stepUp } from "../fixtures/factors.ts";
import { enrolledPerson, openShop, type Person, personOf, type Shop } from "../fixtures/shop.ts";
import { openShopPair, type ShopPair } from "../fixtures/shop-pair.ts";
import { totpCode } from "../fixtures/totp.ts";

const MINUTE = 60_000;

/** Why buyers' data are refused, or the status where no reason is given. */
async function refusalOf(answer: Response): Promise<unknown> {
  const { reason } = (await answer.json()) as { readonly reason?: string };
  return reason ?? answer.status;
}

describe("[S4] a step-up", () => {
  let shop: Shop;
  let port: number;
  let count = 0;

  beforeAll(async () => {
    shop = await openShop(mountLine);
    port = await shop.listen();
  });
  afterAll(() => shop.close());

  const newUser = (): string => `staff/level-${count++}/S1/owner`;
  const enter = (): Promise<Person> => enrolledPerson(shop, port, newUser());

  /** The same person after another log-in at the host, with whatever password. */
  function logIn(person: Person): Person {
    shop.clock.now += MINUTE;
    return logInAgain(person, port, shop.clock.now);
  }

  const show = ({ secret }: Person) => ({ method: "totp", code: totpCode(secret, shop.clock.now) });
  const provedAt = async (person: Person): Promise<unknown> =>
    ((await (await person.get("/privacy/session")).json()) as { readonly secondFactorAt: unknown })
      .secondFactorAt;

  it.each([
    ["a header", { "x-second-factor": "totp", "x-acr": "aal3" }, "/line"],
    ["a bearer's claim", { authorization: 'Bearer acr="aal3"' }, "/line"],
    ["a query", {}, "/line?secondFactorAt=1&acr=aal3"],
  ])("is not claimed by %s", async (_, headers, path) => {
    const again = logIn(await enter());
    Object.assign(again.headers, headers);
    expect(await refusalOf(await again.get(path))).toBe("second-factor-missing");
  });

  it("[V8.3.1] is not claimed by a cookie", async () => {
    const again = logIn(await enter());
    again.headers["cookie"] = "secondFactor=totp; garim-level=aal3";
    expect(await refusalOf(await again.get("/line"))).toBe("second-factor-missing");
  });

  it("[V2.3.1] does not let through who has enrolled nothing", async () => {
    const person = personOf(port, newUser(), shop.clock.now);
    expect(await refusalOf(await person.get("/line"))).toBe("second-factor-unenrolled");
    const answer = await person.post("/privacy/step-up", { method: "totp", code: "000000" });
    expect(await refusalOf(answer)).toBe("second-factor-unenrolled");
    expect(await refusalOf(await person.get("/line"))).toBe("second-factor-unenrolled");
  });

  it("counts in the session it was made in, and in no other of the same person", async () => {
    const person = await enter();
    const other = logIn(person);
    expect(await refusalOf(await other.get("/line"))).toBe("second-factor-missing");
    expect((await person.get("/line")).status).toBe(200);
  });

  it('is not renewed by a page, by polling or by "stay signed in"', async () => {
    const person = await enter();
    const at = await provedAt(person);
    shop.clock.now += 10 * MINUTE;
    await person.get("/line");
    await person.post("/privacy/session", {});
    expect(await provedAt(person)).toBe(at);
  });

  it("[V6.4.3] is asked of who logs in with a new password, with the factor of before", async () => {
    const again = logIn(await enter());
    expect(await (await again.get("/privacy/session")).json()).toMatchObject({
      secondFactorAt: null,
      enrolled: true,
    });
    expect((await again.post("/privacy/factors/totp", {})).status).not.toBe(201);
    expect((await again.post("/privacy/step-up", show(again))).status).toBe(200);
    expect((await again.get("/line")).status).toBe(200);
  });

  it("[T3 V6.4.3] stays locked for who logs in with a new password", async () => {
    const person = await enter();
    shop.clock.now += MINUTE;
    for (let i = 0; i < 10; i++) {
      const guesser = logIn(person);
      await guesser.post("/privacy/step-up", { method: "totp", code: "" });
    }
    const again = logIn(person);
    expect(await refusalOf(await again.post("/privacy/step-up", show(again)))).toBe("account-locked");
  });
});

describe("[S4] a proof, on two nodes", () => {
  let pair: ShopPair;
  let count = 0;

  beforeAll(async () => {
    pair = await openShopPair(mountLine);
  });
  afterAll(() => pair.close());

  const enter = (user = `staff/high-${count++}/S1/owner`): Promise<Person> => {
    const [{ shop, port }] = pair.nodes;
    return enrolledPerson(shop, port, user);
  };
  const logIn = (person: Person): Person => {
    pair.clock.now += MINUTE;
    return logInAgain(person, pair.nodes[1].port, pair.clock.now);
  };

  it("is worth nothing in another log-in, whichever of its cookies is copied there", async () => {
    const person = await enter();
    const other = logIn(person);
    await other.get("/line");
    other.headers["cookie"] = person.headers["cookie"] ?? "";
    expect(await refusalOf(await other.get("/line"))).toBe("second-factor-missing");
  });

  it("is worth nothing to another person, or for another seller", async () => {
    const person = await enter();
    for (const user of [`staff/thief-${count}/S1/owner`, `${person.headers["x-user"]}`.replace("S1", "S2")]) {
      const thief = personOf(pair.nodes[1].port, user, Number(person.headers["x-authenticated-at"]));
      thief.headers["cookie"] = person.headers["cookie"] ?? "";
      expect(await refusalOf(await thief.get("/line"))).toBe("second-factor-unenrolled");
    }
  });

  it("[V7.2.4] goes with a new id, and whoever held the one before has nothing on either node", async () => {
    const person = await enter();
    const session = logIn(person);
    await session.get("/line");
    const before = session.headers["cookie"] ?? "";
    await stepUp(session, pair.nodes[1].shop);
    expect((await session.get("/line")).status).toBe(200);
    pair.clock.now += 1_000;
    for (const { port } of pair.nodes) {
      const held = personOf(
        port,
        session.headers["x-user"] ?? "",
        Number(session.headers["x-authenticated-at"]),
      );
      held.headers["cookie"] = before;
      expect(await refusalOf(await held.get("/line"))).toBe("log-in-again");
    }
  });
});

describe("[S4 V6.8.4] what a log-in elsewhere says of itself", () => {
  let shop: Shop;
  let port: number;
  let told: (now: number) => object;
  let count = 0;

  beforeAll(async () => {
    const identify: GarimOptions["identify"] = () => {
      const base = { kind: "staff", staffId: `told-${count++}`, sellerId: "S1", roles: ["owner"] } as const;
      const { now } = shop.clock;
      return { ...base, authenticatedAt: now, ...told(now) } as StaffIdentity;
    };
    shop = await openShop(mountLine, { identify });
    port = await shop.listen();
  });
  afterAll(() => shop.close());

  /** What somebody new sees whom the host says something of. */
  async function refusalWith(more: (now: number) => object): Promise<unknown> {
    told = more;
    return await refusalOf(await fetch(`http://127.0.0.1:${port}/line`));
  }

  it("is no second factor, whatever its acr and amr say", async () => {
    const claims = (now: number) => ({
      acr: "urn:example:aal3",
      amr: ["pwd", "otp", "hwk", "mfa"],
      secondFactor: { method: "passkey", at: now },
      secondFactorAt: now,
    });
    expect(await refusalWith(claims)).toBe("second-factor-unenrolled");
  });

  it.each<[string, (now: number) => object, unknown]>([
    ["without the moment of the log-in", () => ({ authenticatedAt: undefined }), "unavailable"],
    ["with a moment that is a text", (now) => ({ authenticatedAt: String(now) }), "unavailable"],
    ["with one that lies in the future", (now) => ({ authenticatedAt: now + 2 * MINUTE }), "log-in-again"],
    [
      "with one longer ago than a session",
      (now) => ({ authenticatedAt: now - 720 * MINUTE }),
      "session-absolute",
    ],
  ])("opens nothing %s", async (_, more, reason) => {
    expect(await refusalWith(more)).toBe(reason);
  });
});
