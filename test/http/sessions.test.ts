import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { logInAgain, mountLine, read, stepUp, sum } from "../fixtures/factors.ts";
import { enrolledPerson, openShop, type Person, personOf, type Shop } from "../fixtures/shop.ts";

const MINUTE = 60_000;
const CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0.0.0 Safari/537.36";

interface Listed {
  readonly name: string;
  readonly isCurrent: boolean;
}

describe("the endpoints of sessions", () => {
  const signOut = vi.fn();
  let shop: Shop;
  let port: number;
  let count = 0;

  beforeAll(async () => {
    shop = await openShop(mountLine, { signOut });
    port = await shop.listen();
  });
  afterAll(() => shop.close());

  const newUser = (): string => `staff/seen-${count++}/S1/owner`;
  const enter = (): Promise<Person> => enrolledPerson(shop, port, newUser());

  /** The same person in another browser, with a proof too. */
  async function enterAgain(person: Person, agent?: string): Promise<Person> {
    shop.clock.now += MINUTE;
    const again = logInAgain(person, port, shop.clock.now);
    if (agent !== undefined) again.headers["user-agent"] = agent;
    await again.get("/line");
    await stepUp(again, shop);
    return again;
  }

  const list = async (person: Person): Promise<readonly Listed[]> =>
    (await read(await person.get("/privacy/sessions")))["sessions"] as unknown as Listed[];

  it("[V7.5.2] list where somebody is logged in, in their language", async () => {
    const person = await enter();
    const other = await enterAgain(person, CHROME);
    other.headers["accept-language"] = "en";
    expect(await list(other)).toEqual([
      {
        name: expect.stringMatching(/^[0-9a-f]{16}$/),
        device: "Chrome · Windows",
        network: "127.0.0.0/24",
        openedAt: expect.any(Number),
        lastActivityAt: shop.clock.now,
        secondFactor: "totp",
        isCurrent: true,
      },
      expect.objectContaining({ device: "Unknown device", isCurrent: false }),
    ]);
    expect(await list(person)).toMatchObject([
      { isCurrent: false },
      { device: "알 수 없는 기기", isCurrent: true },
    ]);
  });

  it("[V7.5.2] end one of them, which is told why, and both deeds are on record", async () => {
    const person = await enter();
    const other = await enterAgain(person);
    await stepUp(person, shop);
    const elsewhere = (await list(person)).find(({ isCurrent }) => !isCurrent);
    const path = `/privacy/sessions/${elsewhere?.name}`;
    expect(await sum(await person.delete(path))).toBe("204");
    expect(await sum(await other.get("/line"))).toBe("401 session-revoked");
    expect(await sum(await person.delete(path))).toBe("404 session-unknown");
    expect((await person.get("/line")).status).toBe(200);
    await vi.waitFor(async () => {
      const { entries } = await shop.garim.log.find({ actor: `seen-${count - 1}` }, { limit: 10 });
      const deeds = entries.map(({ access }) => `${access.action} ${access.reason ?? access.outcome}`);
      expect(deeds).toEqual(expect.arrayContaining(["end-sessions done", "session-end session-revoked"]));
    });
  });

  it("end all others and leave the one that asks", async () => {
    const person = await enter();
    const others = [await enterAgain(person), await enterAgain(person)];
    await stepUp(person, shop);
    expect(await sum(await person.delete("/privacy/sessions"))).toBe("204");
    for (const other of others) expect(await sum(await other.get("/line"))).toBe("401 session-revoked");
    expect(await list(person)).toHaveLength(1);
  });

  it("sign out where the one that asks is named", async () => {
    const person = await enter();
    const [own] = await list(person);
    signOut.mockClear();
    expect(await sum(await person.delete(`/privacy/sessions/${own?.name}`))).toBe("204");
    expect(signOut).toHaveBeenCalledOnce();
    expect(person.headers["cookie"]).not.toMatch(/garim=\w/);
  });

  it("[V7.5.2] ask for a proof to be shown, and for a young one to end any", async () => {
    const person = await enter();
    shop.clock.now += 5 * MINUTE + 1;
    expect(await list(person)).toHaveLength(1);
    expect(await sum(await person.delete("/privacy/sessions"))).toBe("401 second-factor-stale");
    expect(await sum(await person.delete("/privacy/sessions/x"))).toBe("401 second-factor-stale");
    const other = logInAgain(person, port, shop.clock.now);
    expect(await sum(await other.get("/privacy/sessions"))).toBe("401 second-factor-missing");
    const newcomer = personOf(port, newUser(), shop.clock.now);
    expect(await sum(await newcomer.get("/privacy/sessions"))).toBe("401 second-factor-unenrolled");
  });

  it("[S4] name nobody else's session", async () => {
    const [person, stranger] = [await enter(), await enter()];
    const [theirs] = await list(stranger);
    expect(await sum(await person.delete(`/privacy/sessions/${theirs?.name}`))).toBe("404 session-unknown");
    expect((await stranger.get("/line")).status).toBe(200);
  });
});

describe("the device of a session", () => {
  let shop: Shop;
  let port: number;
  let count = 0;

  beforeAll(async () => {
    shop = await openShop((app, garim) => {
      app.set("trust proxy", true);
      mountLine(app, garim);
    });
    port = await shop.listen();
  });
  afterAll(() => shop.close());

  const newUser = (): string => `staff/moved-${count++}/S1/owner`;
  const cookieOf = (person: Person, name: string): string =>
    new RegExp(`\\b${name}=[^;]+`).exec(person.headers["cookie"] ?? "")?.[0] ?? "";

  it("is named by a cookie of its own, made once", async () => {
    const person = personOf(port, newUser(), shop.clock.now);
    const first = await person.get("/privacy/session");
    const set = first.headers.getSetCookie().find((cookie) => cookie.startsWith("garim-device="));
    expect(set).toMatch(/^garim-device=[\w-]{22}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=34560000$/);
    expect((await person.get("/privacy/session")).headers.getSetCookie()).toEqual([]);
  });

  it("is one for the requests of a new browser that come together", async () => {
    const user = newUser();
    const ask = () => personOf(port, user, shop.clock.now);
    const people = [ask(), ask(), ask(), ask()];
    await Promise.all(people.map((person) => person.get("/privacy/session")));
    expect(new Set(people.map((person) => cookieOf(person, "garim-device"))).size).toBe(1);
  });

  it("[S4 V7.5.3] asks for the factor at once where the session's cookie turns up in another browser", async () => {
    const person = await enrolledPerson(shop, port, newUser());
    const session = cookieOf(person, "garim");
    const stolen = personOf(
      port,
      person.headers["x-user"] ?? "",
      Number(person.headers["x-authenticated-at"]),
    );
    stolen.headers["cookie"] = session;
    stolen.headers["user-agent"] = CHROME;
    const answer = await stolen.get("/line");
    expect(answer.headers.get("www-authenticate")).toContain('max_age="0"');
    expect(await sum(answer)).toBe("401 second-factor-device");
    stolen.headers["cookie"] = person.headers["cookie"] ?? "";
    expect(await sum(await stolen.get("/line"))).toBe("401 second-factor-device");
  });

  it("[V8.2.4] asks again on another network, once the proof is older than an hour, and never on a phone", async () => {
    const [office, phone] = [
      await enrolledPerson(shop, port, newUser()),
      personOf(port, newUser(), shop.clock.now),
    ];
    phone.headers["user-agent"] = "Mozilla/5.0 (Linux; Android 14) Chrome/131.0.0.0 Mobile Safari/537.36";
    await phone.get("/privacy/session");
    const { secret } = await read(await phone.post("/privacy/factors/totp", {}));
    phone.secret = String(secret);
    await confirm(phone);
    for (const person of [office, phone]) person.headers["x-forwarded-for"] = "203.0.113.7";
    shop.clock.now += 20 * MINUTE;
    for (const person of [office, phone]) expect((await person.get("/line")).status).toBe(200);
    shop.clock.now += 29 * MINUTE;
    for (const person of [office, phone]) expect((await person.get("/line")).status).toBe(200);
    shop.clock.now += 12 * MINUTE;
    expect(await sum(await office.get("/line"))).toBe("401 second-factor-network");
    expect((await phone.get("/line")).status).toBe(200);
    await stepUp(office, shop);
    expect((await office.get("/line")).status).toBe(200);
  });

  async function confirm(person: Person): Promise<void> {
    const { totpCode } = await import("../fixtures/totp.ts");
    await person.post("/privacy/factors/totp/confirmation", {
      code: totpCode(person.secret, shop.clock.now),
    });
  }
});
