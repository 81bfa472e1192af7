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

let shop: Shop;
let port: number;
let owner: Person;
let shipper: Person;

beforeAll(async () => {
  shop = await openShop((app, garim) => {
    mountPrivacy(app, garim);
    app.get("/lines", garim.reveal([orderLine], { purpose: "fulfilment" }), (req, res) => {
      const sellerId = req.get("x-user")?.split("/")[2] ?? "";
      const lines = [lineOf({ sellerId }), lineOf({ sellerId, buyerId: "b-2", confirmedAt: null })];
      res.json(lines.map(tidy));
    });
    app.use(garim.errors());
  });
  port = await shop.listen();
  owner = await enrolledPerson(shop, port, "staff/anna/S1/owner");
  shipper = await enrolledPerson(shop, port, "staff/kim/S1/shipper+viewer");
  const other = await enrolledPerson(shop, port, "staff/lee/S2/owner");
  for (const person of [shipper, other]) expect((await person.get("/lines")).status).toBe(200);
});
afterAll(() => shop.close());

interface Lists {
  readonly staff: readonly { readonly id: string; readonly roles: readonly string[] }[];
  readonly accesses: readonly {
    readonly seq: number;
    readonly actor: { readonly id: string };
    readonly [name: string]: unknown;
  }[];
  readonly next: number | null;
}

async function read(answer: Response): Promise<Lists> {
  expect(answer.status).toBe(200);
  return (await answer.json()) as Lists;
}

async function reasonOf(answer: Response): Promise<readonly unknown[]> {
  const { reason, code } = (await answer.json()) as { readonly reason?: string; readonly code?: string };
  return [answer.status, reason ?? code];
}

describe("GET /privacy/me", () => {
  it.each([
    [
      "an owner",
      "staff/anne/S1/owner",
      { kind: "staff", id: "anne", sellerId: "S1", may: expect.arrayContaining(["connectTool"]) },
    ],
    ["a viewer", "staff/new/S1/viewer", { kind: "staff", id: "new", sellerId: "S1", may: ["view"] }],
    ["an operator", "operator/op", { kind: "operator", id: "op", sellerId: null, may: [] }],
    ["a buyer", "buyer/b-1", { kind: "buyer" }],
  ])("tells %s who they are and what they may", async (_, user, told) => {
    expect(await (await personOf(port, user, shop.clock.now).get("/privacy/me")).json()).toEqual(told);
  });

  it("tells nobody that they are nobody", async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/privacy/me`);
    expect(await answer.json()).toEqual({ kind: "none", reason: "not-logged-in" });
  });
});

describe("GET /privacy/staff", () => {
  it("lists whoever has come in as staff of the own shop, with the roles of the last time", async () => {
    const { staff } = await read(await owner.get("/privacy/staff"));
    const kim = staff.find(({ id }) => id === "kim");
    expect(kim).toMatchObject({
      roles: ["shipper", "viewer"],
      rolesAt: shop.clock.now,
      standing: { state: "active" },
    });
    expect(staff.map(({ id }) => id)).not.toContain("lee");
  });

  it("lists any shop's for an operator who names it", async () => {
    const operator = await enrolledPerson(shop, port, "operator/op-1");
    const { staff } = await read(await operator.get("/privacy/staff?seller=S2"));
    expect(staff.map(({ id }) => id)).toEqual(["lee"]);
    expect(await reasonOf(await operator.get("/privacy/staff"))).toEqual([400, "seller-or-staff-invalid"]);
  });

  it.each([
    ["a role that manages no staff", "staff/kim-2/S1/shipper"],
    ["an auditor", "auditor/au-1"],
  ])("refuses %s", async (_, user) => {
    const person = await enrolledPerson(shop, port, user);
    expect(await reasonOf(await person.get("/privacy/staff"))).toEqual([403, "role-lacks-action"]);
  });

  it("refuses who has not proved a second factor", async () => {
    const bare = personOf(port, "staff/bare/S1/owner", shop.clock.now);
    expect(await reasonOf(await bare.get("/privacy/staff"))).toEqual([401, "second-factor-unenrolled"]);
  });
});

describe("POST /privacy/accesses", () => {
  it("tells who of the own shop saw how much, in words, and of whom nothing", async () => {
    const { accesses } = await read(
      await owner.post("/privacy/accesses", { actor: "kim", actions: ["view"] }),
    );
    expect(accesses).toHaveLength(1);
    expect(accesses[0]).toMatchObject({
      actionText: "조회",
      outcome: "disclosed",
      records: 2,
      clear: 1,
      subjects: 3,
    });
    expect(JSON.stringify(accesses)).not.toMatch(/[0-9a-f]{32}/);
  });

  it("[B1] tells nothing of another shop, whatever is asked for", async () => {
    const { accesses } = await read(await owner.post("/privacy/accesses", { limit: 1_000 }));
    expect(accesses.length).toBeGreaterThan(3);
    expect(accesses.map(({ actor }) => actor.id)).not.toContain("lee");
    expect((await read(await owner.post("/privacy/accesses", { actor: "lee" }))).accesses).toEqual([]);
    // A filter it does not take cannot widen it.
    expect(
      (await read(await owner.post("/privacy/accesses", { actor: "lee", seller: "S2" }))).accesses,
    ).toEqual([]);
  });

  it("puts the question on record before it is answered", async () => {
    const answer = await owner.post("/privacy/accesses", { actor: "kim" });
    const { entries } = await shop.garim.log.find({ actor: "anna", actions: ["log-query"] }, { limit: 1 });
    expect(entries[0]?.id).toBe(answer.headers.get("garim-record"));
  });

  it("gives older ones from where a page ended", async () => {
    const first = await read(await owner.post("/privacy/accesses", { limit: 2 }));
    const second = await read(await owner.post("/privacy/accesses", { limit: 2, before: first.next }));
    expect(second.accesses[0]?.seq).toBeLessThan(first.accesses[1]?.seq ?? 0);
  });

  it("refuses what cannot be asked, and who manages no staff", async () => {
    expect(await reasonOf(await owner.post("/privacy/accesses", { limit: 0 }))).toEqual([
      400,
      "ERR_GARIM_QUERY_INVALID",
    ]);
    expect(await reasonOf(await shipper.post("/privacy/accesses", {}))).toEqual([403, "role-lacks-action"]);
  });
});

describe("GET /privacy/my-accesses", () => {
  it("tells a buyer who looked, by shop, whether their own data was readable, and no person's name", async () => {
    const mine = async (id: string) =>
      (
        await read(await personOf(port, `buyer/${id}`, shop.clock.now).get("/privacy/my-accesses"))
      ).accesses.filter(({ who }) => (who as { readonly seller: string }).seller === "S1");
    const [masked] = await mine("b-1");
    const [clear] = await mine("b-2");
    expect(masked).toMatchObject({
      who: { kind: "staff", seller: "S1", tool: null },
      shown: "masked",
      purpose: "fulfilment",
    });
    expect(clear).toMatchObject({ shown: "clear" });
    expect(JSON.stringify([masked, clear])).not.toContain("kim");
    expect(await mine("b-3")).toEqual([]);
  });

  it("records nothing of it", async () => {
    const count = async () => (await shop.garim.log.find({}, { limit: 1 })).entries[0]?.seq;
    const before = await count();
    await personOf(port, "buyer/b-1", shop.clock.now).get("/privacy/my-accesses");
    expect(await count()).toBe(before);
  });

  it("refuses everybody else, and what is no place in the log", async () => {
    expect(await reasonOf(await owner.get("/privacy/my-accesses"))).toEqual([403, "role-lacks-action"]);
    const nobody = await fetch(`http://127.0.0.1:${port}/privacy/my-accesses`);
    expect(await reasonOf(nobody)).toEqual([401, "not-logged-in"]);
    const buyer = personOf(port, "buyer/b-1", shop.clock.now);
    expect(await reasonOf(await buyer.get("/privacy/my-accesses?before=x"))).toEqual([400, "before-invalid"]);
  });
});
