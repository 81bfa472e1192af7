import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logInAgain, mountLine, read, stepUp, sum } from "../fixtures/factors.ts";
import { enrolledPerson, openShop, type Person, type Shop } from "../fixtures/shop.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe("a log-in in the millisecond in which everything of somebody ended", () => {
  let shop: Shop;
  let port: number;

  beforeAll(async () => {
    shop = await openShop(mountLine);
    port = await shop.listen();
  });
  afterAll(() => shop.close());

  it("[S3 V7.4.2] opens nothing, as nobody can tell that it came after; the next one does", async () => {
    const worker = await enrolledPerson(shop, port, "staff/moment/S1/shipper");
    shop.clock.now += MINUTE;
    await shop.garim.staff.endSessions({ kind: "staff", id: "moment", sellerId: "S1" });
    const same = logInAgain(worker, port, shop.clock.now);
    expect(await sum(await same.get("/line"))).toBe("401 log-in-again");
    shop.clock.now += 1;
    const next = logInAgain(worker, port, shop.clock.now);
    expect(await sum(await next.get("/line"))).toBe("401 second-factor-missing");
  });
});

describe("what an owner is told of how somebody stands", () => {
  let shop: Shop;
  let port: number;
  let count = 0;

  beforeAll(async () => {
    shop = await openShop(mountLine);
    port = await shop.listen();
  });
  afterAll(() => shop.close());

  const enter = (role: string): Promise<Person> =>
    enrolledPerson(shop, port, `staff/stands-${count++}/S1/${role}`);
  const idOf = (person: Person): string => person.headers["x-user"]?.split("/")[1] ?? "";
  const ask = async (owner: Person, id: string): Promise<unknown> =>
    (await read(await owner.get(`/privacy/staff/${id}`)))["standing"];
  const act = async (owner: Person, id: string, deed: string): Promise<string> =>
    await sum(await owner.post(`/privacy/staff/${id}/${deed}`, {}));

  it("is that somebody works, when they last came, and of nobody the same as of who never came", async () => {
    const at = shop.clock.now;
    const [worker, owner] = [await enter("shipper"), await enter("owner")];
    expect(await ask(owner, idOf(worker))).toEqual({ state: "active", usedAt: at, dismissedAt: null });
    expect(await ask(owner, "nobody")).toEqual({ state: "active", usedAt: null, dismissedAt: null });
  });

  it("[V7.4.2] is that they were dismissed, and when, until they are reinstated", async () => {
    const [worker, owner] = [await enter("shipper"), await enter("owner")];
    const id = idOf(worker);
    expect(await act(owner, id, "dismiss")).toBe("204");
    expect(await ask(owner, id)).toMatchObject({ state: "dismissed", dismissedAt: shop.clock.now });
    expect(await act(owner, id, "reactivate")).toBe("204");
    expect(await ask(owner, id)).toMatchObject({ state: "dismissed" });
    expect(await act(owner, id, "reinstate")).toBe("204");
    expect(await ask(owner, id)).toMatchObject({ state: "active", dismissedAt: null });
  });

  it("is that they are dormant, until they are reactivated; asking is no use of theirs", async () => {
    const worker = await enter("shipper");
    const id = idOf(worker);
    shop.clock.now += 90 * DAY - MINUTE;
    const owner = await enter("owner");
    expect(await ask(owner, id)).toMatchObject({ state: "active" });
    shop.clock.now += MINUTE;
    expect(await ask(owner, id)).toMatchObject({ state: "dormant" });
    expect(await act(owner, id, "reactivate")).toBe("204");
    expect(await ask(owner, id)).toMatchObject({ state: "active" });
    const again = logInAgain(worker, port, shop.clock.now);
    expect(await sum(await stepUp(again, shop))).toBe("200");
  });

  it("is told to the host's own back office, too", async () => {
    const worker = await enter("shipper");
    const kim = { kind: "staff", id: idOf(worker), sellerId: "S1" } as const;
    await shop.garim.staff.dismiss(kim);
    expect((await shop.garim.staff.view(kim)).standing.state).toBe("dismissed");
  });
});
