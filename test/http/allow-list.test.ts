import type { GarimOptions } from "@garim/express";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { mountLine, sum } from "../fixtures/factors.ts";
import { enrolledPerson, openShop, type Person, type Shop } from "../fixtures/shop.ts";

const SECOND = 1_000;

describe("[P4 notice-2026-9/6-1] the addresses people may come from", () => {
  const find = vi.fn<NonNullable<GarimOptions["allowList"]>>();
  let shop: Shop;
  let port: number;
  let count = 0;

  beforeAll(async () => {
    shop = await openShop(
      (app, garim) => {
        app.set("trust proxy", "loopback");
        mountLine(app, garim);
        app.get("/page", garim.stepUp(), (_req, res) => void res.send("page"));
        app.get("/records", garim.records());
      },
      { allowList: find },
    );
    port = await shop.listen();
    find.mockResolvedValue(null);
  });
  afterAll(() => shop.close());

  const enter = (seller: string): Promise<Person> =>
    enrolledPerson(shop, port, `staff/list-${count++}/${seller}/owner`);

  /** Registers a list, which counts within a second. */
  function register(entries: Awaited<ReturnType<NonNullable<GarimOptions["allowList"]>>>): void {
    find.mockResolvedValue(entries);
    shop.clock.now += SECOND;
  }

  const askFrom = async (person: Person, ip: string, path = "/line"): Promise<string> => {
    person.headers["x-forwarded-for"] = ip;
    return await sum(await person.get(path));
  };

  it("are any where nobody registered a list", async () => {
    register(null);
    expect(await askFrom(await enter("S1"), "198.51.100.1")).toBe("200");
  });

  it("[V8.2.4] are those of the seller's list, on guarded routes and on Garim's own", async () => {
    register(null);
    const person = await enter("S1");
    register(["203.0.113.0/24", "2001:db8::/48"]);
    for (const ip of ["203.0.113.9", "::ffff:203.0.113.9", "2001:db8::7"])
      expect(await askFrom(person, ip)).toBe("200");
    for (const ip of ["198.51.100.1", "2001:db9::1", "0203.0.113.9", "x", "203.0.113.9.evil.example"])
      expect(await askFrom(person, ip)).toBe("403 network-not-listed");
    for (const path of ["/page", "/privacy/factors", "/privacy/sessions", "/records"])
      expect(await askFrom(person, "198.51.100.1", path)).toBe("403 network-not-listed");
    const { entries } = await shop.garim.log.find({ actor: `list-${count - 1}` }, { limit: 1 });
    expect(entries[0]?.access).toMatchObject({ outcome: "refused", reason: "network-not-listed" });
  });

  it("are looked at before anything that could be guessed", async () => {
    register(null);
    const person = await enter("S1");
    register(["203.0.113.0/24"]);
    person.headers["x-forwarded-for"] = "198.51.100.1";
    for (let i = 0; i < 20; i++)
      expect(await sum(await person.post("/privacy/step-up", { method: "totp", code: "" }))).toBe(
        "403 network-not-listed",
      );
  });

  it("are asked for by seller, and for the marketplace's own people by account, once a second", async () => {
    register(null);
    find.mockClear();
    const [one, other] = [await enter("S1"), await enter("S2")];
    const operator = await enrolledPerson(shop, port, "operator/desk");
    for (const person of [one, other, operator]) await askFrom(person, "203.0.113.9");
    expect(find.mock.calls.map(([owner]) => owner)).toEqual([
      { kind: "seller", id: "S1" },
      { kind: "seller", id: "S2" },
      { kind: "account", id: "desk" },
    ]);
  });

  it.each([
    ["the host cannot tell", () => find.mockRejectedValue(new Error("out"))],
    ["the list cannot be read", () => find.mockResolvedValue(["10.0.0.1/8"])],
  ])("are none where %s: 503, and later all is well", async (_, fail) => {
    register(null);
    const person = await enter("S1");
    shop.clock.now += SECOND;
    fail();
    person.headers["x-forwarded-for"] = "203.0.113.9";
    const answer = await person.get("/line");
    expect(answer.headers.get("retry-after")).toBe("5");
    expect(await sum(answer)).toBe("503 unavailable");
    register(["203.0.113.0/24"]);
    expect(await askFrom(person, "203.0.113.9")).toBe("200");
  });
});
