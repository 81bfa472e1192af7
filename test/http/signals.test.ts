import type { GarimOptions, Signal } from "@garim/express";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { logInAgain, mountLine, read, stepUp, sum } from "../fixtures/factors.ts";
import { enrolledPerson, openShop, type Person, personOf, type Shop } from "../fixtures/shop.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SEOUL = "203.0.113.7";
const BERLIN = "198.51.100.7";
const REFUSED_FROM = Date.parse("2026-11-23T00:00:00+09:00");

const locate: GarimOptions["locate"] = (ip) =>
  ip === BERLIN ? { lat: 52.5, lon: 13.4 } : { lat: 37.6, lon: 127 };

/** Behind a proxy that is trusted, so that people come from where a test wants. */
const mountProxied: Parameters<typeof openShop>[0] = (app, garim) => {
  app.set("trust proxy", "loopback");
  mountLine(app, garim);
  app.post("/log-in", async (req, res) => {
    await garim.logInFailed(req, String(req.query["user"]));
    res.sendStatus(401);
  });
};

describe("[V6.3.5] signs of somebody else", () => {
  const told: Signal[] = [];
  let shop: Shop;
  let port: number;
  let count = 0;

  beforeAll(async () => {
    const onSignal = (signal: Signal) => void told.push(signal);
    const signals = { refuseSharedPasswordsFrom: REFUSED_FROM };
    shop = await openShop(mountProxied, { onSignal, locate, signals });
    port = await shop.listen();
  });
  afterAll(() => shop.close());

  const newUser = (seller = "S1"): string => `staff/sign-${count++}/${seller}/owner`;
  const idOf = (person: Person): string => person.headers["x-user"]?.split("/")[1] ?? "";
  const from = (person: Person, ip: string): Person => {
    person.headers["x-forwarded-for"] = ip;
    return person;
  };
  const kindsOf = (person: Person): readonly string[] =>
    told.filter(({ worker }) => worker?.id === idOf(person)).map(({ kind }) => kind);

  it("are told and recorded where a log-in comes from a new device and network, not the first time", async () => {
    const person = await enrolledPerson(shop, port, newUser());
    expect(kindsOf(person)).toEqual([]);
    shop.clock.now += MINUTE;
    const other = from(logInAgain(person, port, shop.clock.now), SEOUL);
    await other.get("/line");
    expect(kindsOf(person)).toEqual(["new-device", "new-network"]);
    await vi.waitFor(async () => {
      const { entries } = await shop.garim.log.find({ actor: idOf(person) }, { limit: 10 });
      const signals = entries.filter(({ access }) => access.action === "signal").map(({ access }) => access);
      expect(signals).toEqual([
        expect.objectContaining({ reason: "new-network", outcome: "done", session: null }),
        expect.objectContaining({ reason: "new-device", origin: { ip: SEOUL, agent: null } }),
      ]);
    });
    const line = shop.diagnostics.find((one) => JSON.stringify(one).includes("new-device"));
    expect(line).toEqual({ signal: "new-device", message: "garim: signs of somebody else" });
  });

  it("[S4] make the factor due at once where somebody is too far away too soon", async () => {
    const person = from(personOf(port, newUser(), shop.clock.now), SEOUL);
    await person.get("/privacy/session");
    await enrolIn(person);
    shop.clock.now += 10 * MINUTE;
    expect((await person.get("/line")).status).toBe(200);
    from(person, BERLIN);
    expect(await sum(await person.get("/line"))).toBe("401 second-factor-signal");
    expect(kindsOf(person)).toContain("impossible-hop");
    from(person, SEOUL);
    expect(await sum(await person.get("/line"))).toBe("401 second-factor-signal");
    expect(await sum(await stepUp(person, shop))).toBe("200");
    expect((await person.get("/line")).status).toBe(200);
  });

  it("[V6.3.1] are told where many accounts fail from one network: factors, and log-ins of the host", async () => {
    const attacker = "192.0.2.66";
    for (let i = 0; i < 5; i++) {
      const person = await enrolledPerson(shop, port, newUser());
      await from(person, attacker).post("/privacy/step-up", { method: "totp", code: "000000" });
    }
    const headers = { "x-forwarded-for": attacker };
    for (let i = 0; i < 5; i++)
      await fetch(`http://127.0.0.1:${port}/log-in?user=u${i}`, { method: "POST", headers });
    const found = told.filter(({ kind }) => kind === "credential-stuffing");
    expect(found).toMatchObject([{ network: "192.0.2.0/24", accounts: 10, worker: null }]);
    await vi.waitFor(async () => {
      const { entries } = await shop.garim.log.find({ actor: "anonymous" }, { limit: 10 });
      expect(entries.map(({ access }) => access.reason)).toContain("credential-stuffing");
    });
  });

  it("refuse a tool with shared passwords from its day on, on record, and nobody before or elsewhere", async () => {
    const tool = "192.0.2.200";
    const enter = async (): Promise<Person> => {
      const person = from(personOf(port, newUser(`S-${count}`), shop.clock.now), tool);
      await person.get("/privacy/session");
      return person;
    };
    const people: Person[] = [];
    for (let i = 0; i < 10; i++) people.push(await enter());
    expect(told.filter(({ kind }) => kind === "shared-password")).toMatchObject([{ sellers: 10 }]);
    expect(await read(await (people.at(-1) as Person).get("/privacy/session"))).toMatchObject({
      state: "live",
    });

    shop.clock.now = REFUSED_FROM;
    const refused = from(personOf(port, newUser("S-late"), shop.clock.now), tool);
    const answer = await refused.get("/line");
    expect(await sum(answer)).toBe("403 grant-missing");
    expect(refused.headers["cookie"] ?? "").not.toMatch(/garim=\w/);
    expect(await sum(await refused.get("/line"))).toBe("401 log-in-again");
    const { entries } = await shop.garim.log.find({ actor: idOf(refused) }, { limit: 10 });
    expect(entries.map(({ access }) => [access.action, access.outcome, access.reason])).toContainEqual([
      "log-in",
      "refused",
      "grant-missing",
    ]);
    const elsewhere = from(personOf(port, newUser("S-fine"), shop.clock.now), SEOUL);
    expect(await read(await elsewhere.get("/privacy/session"))).toMatchObject({ state: "live" });
  });

  it("hold up nothing where the host's listener throws, or never answers", async () => {
    const onSignal = vi
      .fn()
      .mockRejectedValueOnce(new Error("pager"))
      .mockReturnValue(new Promise(() => {}));
    const other = await openShop(mountProxied, { onSignal });
    const at = await other.listen();
    const person = await enrolledPerson(other, at, "staff/held/S1/owner");
    for (let i = 0; i < 2; i++) {
      other.clock.now += DAY;
      expect((await logInAgain(person, at, other.clock.now).get("/privacy/session")).status).toBe(200);
    }
    expect(onSignal).toHaveBeenCalledTimes(2);
    await vi.waitFor(() => expect(JSON.stringify(other.diagnostics)).toContain("a signal failed"));
    await other.close();
  });

  async function enrolIn(person: Person): Promise<void> {
    const { totpCode } = await import("../fixtures/totp.ts");
    person.secret = String((await read(await person.post("/privacy/factors/totp", {})))["secret"]);
    const code = totpCode(person.secret, shop.clock.now);
    await person.post("/privacy/factors/totp/confirmation", { code });
  }
});

describe("[V6.3.5] log-ins that failed at the host", () => {
  it("stand in the log, those of one origin summed, and none of the names that were tried", async () => {
    const shop = await openShop(mountProxied);
    try {
      const port = await shop.listen();
      const headers = { "x-forwarded-for": BERLIN };
      for (const user of ["kim-ji-u", "lee-seo", "kim-ji-u"])
        await fetch(`http://127.0.0.1:${port}/log-in?user=${user}`, { method: "POST", headers });
      // What is counted is written each minute, and at the latest now.
      await shop.garim.log.close();
      const { entries } = await shop.garim.log.find({ actor: "anonymous" }, { limit: 10 });
      expect(entries.map(({ access }) => access)).toMatchObject([
        { action: "refusals", reason: "log-in-failed", count: 3, origin: { ip: BERLIN }, outcome: "refused" },
      ]);
      expect(JSON.stringify(entries)).not.toMatch(/kim-ji-u|lee-seo/);
    } finally {
      await shop.close();
    }
  });
});
