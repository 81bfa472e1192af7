import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { logInAgain, mountLine, openInbox, read, stepUp, sum } from "../fixtures/factors.ts";
import { enrolledPerson, openShop, type Person, personOf, type Shop } from "../fixtures/shop.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe("the endpoints of staff", () => {
  const inbox = openInbox();
  let shop: Shop;
  let port: number;
  let count = 0;

  beforeAll(async () => {
    shop = await openShop(mountLine, { channels: [inbox.channel] });
    port = await shop.listen();
  });
  afterAll(() => shop.close());

  const enter = (user: string): Promise<Person> => enrolledPerson(shop, port, user);
  const newOwner = (): Promise<Person> => enter(`staff/boss-${count++}/S1/owner`);
  const newShipper = (seller = "S1"): Promise<Person> => enter(`staff/worker-${count++}/${seller}/shipper`);
  const idOf = (person: Person): string => person.headers["x-user"]?.split("/")[1] ?? "";
  const pathOf = (person: Person, rest = ""): string => `/privacy/staff/${idOf(person)}${rest}`;
  const again = (person: Person): Person => {
    shop.clock.now += MINUTE;
    return logInAgain(person, port, shop.clock.now);
  };

  async function recordsOf(actor: Person): Promise<readonly object[]> {
    const { entries } = await shop.garim.log.find({ actor: idOf(actor) }, { limit: 20 });
    return entries.map(({ access: { action, outcome, reason, target } }) => ({
      action,
      outcome,
      ...(reason ? { reason } : {}),
      ...(target ? { target: target.id } : {}),
    }));
  }

  /** What an owner did to somebody, newest first. */
  async function deedsOn(worker: Person, owner: Person): Promise<readonly string[]> {
    const { entries } = await shop.garim.log.find({ actor: idOf(owner) }, { limit: 20 });
    const about = entries.map(({ access }) => access).filter(({ target }) => target?.id === idOf(worker));
    for (const { outcome } of about) expect(outcome).toBe("done");
    return about.map(({ action }) => action);
  }

  it("[V7.4.5] show an owner the factors and sessions of their staff, on record", async () => {
    const [worker, owner] = [await newShipper(), await newOwner()];
    const view = await read(await owner.get(pathOf(worker)));
    expect(view).toMatchObject({
      factors: { factors: [{ kind: "totp" }], isDisabled: false },
      sessions: [{ network: "127.0.0.0/24", isCurrent: false, secondFactor: "totp" }],
    });
    expect(JSON.stringify(view)).not.toContain(worker.secret);
    expect(await recordsOf(owner)).toContainEqual({
      action: "view-account",
      outcome: "done",
      target: idOf(worker),
    });
  });

  it("[V7.4.5] end one session of somebody, or all", async () => {
    const worker = await newShipper();
    const other = again(worker);
    await stepUp(other, shop);
    const owner = await newOwner();
    const { sessions } = await read(await owner.get(pathOf(worker)));
    const [, first] = sessions as unknown as { name: string }[];
    expect(await sum(await owner.delete(pathOf(worker, `/sessions/${first?.name}`)))).toBe("204");
    expect(await sum(await worker.get("/line"))).toBe("401 session-revoked");
    expect((await other.get("/line")).status).toBe(200);
    expect(await sum(await owner.delete(pathOf(worker, "/sessions")))).toBe("204");
    expect(await sum(await other.get("/line"))).toBe("401 session-revoked");
    expect(await sum(await owner.delete(pathOf(worker, "/sessions/x")))).toBe("404 session-unknown");
  });

  it("reset somebody who lost everything: no session, no factor, and the next log-in enrols", async () => {
    const [worker, owner] = [await newShipper(), await newOwner()];
    expect(await sum(await owner.post(pathOf(worker, "/reset"), {}))).toBe("204");
    expect(await sum(await worker.get("/line"))).toBe("401 factors-changed");
    const later = again(worker);
    expect(await read(await later.get("/privacy/factors"))).toMatchObject({ factors: [] });
    expect(await sum(await later.post("/privacy/factors/totp", {}))).toBe("201");
    expect(await recordsOf(owner)).toContainEqual({
      action: "reset-factors",
      outcome: "done",
      target: idOf(worker),
    });
  });

  it("[V6.1.1] unlock somebody, and leave their factors", async () => {
    const worker = await newShipper();
    for (let i = 0; i < 10; i++) await again(worker).post("/privacy/step-up", { method: "totp", code: "" });
    const later = again(worker);
    expect(await sum(await stepUp(later, shop))).toBe("429 account-locked");
    const owner = await newOwner();
    expect(await sum(await owner.post(pathOf(worker, "/unlock"), {}))).toBe("204");
    expect(await deedsOn(worker, owner)).toEqual(["unlock-account"]);
    expect(await sum(await stepUp(later, shop))).toBe("200");
  });

  it("[V7.4.2] dismiss somebody, whom no log-in brings back until they are reinstated", async () => {
    const [worker, owner] = [await newShipper(), await newOwner()];
    expect(await sum(await owner.post(pathOf(worker, "/dismiss"), {}))).toBe("204");
    expect(await sum(await worker.get("/line"))).toBe("403 account-dismissed");
    expect(await sum(await again(worker).get("/line"))).toBe("403 account-dismissed");
    expect(await sum(await owner.post(pathOf(worker, "/reactivate"), {}))).toBe("204");
    expect(await sum(await again(worker).get("/line"))).toBe("403 account-dismissed");
    expect(await sum(await owner.post(pathOf(worker, "/reinstate"), {}))).toBe("204");
    expect(await sum(await stepUp(again(worker), shop))).toBe("200");
    expect(await deedsOn(worker, owner)).toEqual([
      "reinstate-account",
      "reactivate-account",
      "dismiss-account",
    ]);
  });

  it("reactivate who was not here for ninety days", async () => {
    const worker = await newShipper();
    shop.clock.now += 90 * DAY;
    expect(await sum(await again(worker).get("/line"))).toBe("403 account-dormant");
    const owner = await newOwner();
    expect(await sum(await owner.post(pathOf(worker, "/reactivate"), {}))).toBe("204");
    expect(await deedsOn(worker, owner)).toEqual(["reactivate-account"]);
    expect(await sum(await stepUp(again(worker), shop))).toBe("200");
  });

  const DEEDS: readonly (readonly ["GET" | "POST" | "DELETE", string])[] = [
    ["GET", ""],
    ["DELETE", "/sessions"],
    ["DELETE", "/sessions/x"],
    ["POST", "/reset"],
    ["POST", "/unlock"],
    ["POST", "/dismiss"],
    ["POST", "/reinstate"],
    ["POST", "/reactivate"],
  ];

  /** What every deed of this room comes to. */
  async function tryAll(actor: Person, id: string, query = ""): Promise<ReadonlySet<string>> {
    const sums = new Set<string>();
    for (const [method, rest] of DEEDS) {
      const path = `/privacy/staff/${id}${rest}${query}`;
      const asked =
        method === "GET" ? actor.get(path) : method === "POST" ? actor.post(path, {}) : actor.delete(path);
      sums.add(await sum(await asked));
    }
    return sums;
  }

  it("[S4] do nothing for staff without the right, on record with whom it was about", async () => {
    const [worker, shipper] = [await newShipper(), await newShipper()];
    expect([...(await tryAll(shipper, idOf(worker)))]).toEqual(["403 role-lacks-action"]);
    expect((await worker.get("/line")).status).toBe(200);
    expect(await recordsOf(shipper)).toContainEqual({
      action: "reset-factors",
      outcome: "refused",
      reason: "role-lacks-action",
      target: idOf(worker),
    });
  });

  it("[B1] do nothing to another seller's staff, whatever seller is named", async () => {
    const [stranger, owner] = [await newShipper("S2"), await newOwner()];
    expect([...(await tryAll(owner, idOf(stranger), "?seller=S2"))]).toEqual(["403 other-seller"]);
    expect([...(await tryAll(owner, idOf(stranger), "?seller=S1&seller=S2"))]).toEqual([
      "400 seller-or-staff-invalid",
    ]);
    // Without a seller the own one is meant, who has nobody of that id.
    expect(await sum(await owner.post(pathOf(stranger, "/reset"), {}))).toBe("204");
    expect((await stranger.get("/privacy/sessions")).status).toBe(200);
    expect(await read(await stranger.get("/privacy/factors"))).toMatchObject({ factors: [{ kind: "totp" }] });
  });

  it("[S6] do nothing to the own account", async () => {
    const owner = await newOwner();
    expect([...(await tryAll(owner, idOf(owner)))]).toEqual(["403 own-account"]);
    expect([...(await tryAll(owner, idOf(owner), "?seller=S1"))]).toEqual(["403 own-account"]);
    expect((await owner.get("/line")).status).toBe(200);
  });

  it("[V7.5.3] do nothing once the owner's proof is older than five minutes, or by message", async () => {
    const [worker, owner] = [await newShipper(), await newOwner()];
    shop.clock.now += 5 * MINUTE + 1;
    expect([...(await tryAll(owner, idOf(worker)))]).toEqual(["401 second-factor-stale"]);
    await owner.post("/privacy/step-up/message", { channel: "sms", action: "manage" });
    const code = inbox.codes.at(-1);
    expect(
      await sum(await owner.post("/privacy/step-up", { method: "message", action: "manage", code })),
    ).toBe("200");
    expect([...(await tryAll(owner, idOf(worker)))]).toEqual(["401 factor-weak"]);
    expect((await worker.get("/line")).status).toBe(200);
  });

  it("serve an operator for the staff of any seller that is named, and nobody for an auditor", async () => {
    const worker = await newShipper("S7");
    const operator = await enter(`operator/desk-${count++}`);
    for (const query of ["", "?seller=", "?seller=S1&seller=S7", `?seller=${"x".repeat(257)}`])
      expect([...(await tryAll(operator, idOf(worker), query))]).toEqual(["400 seller-or-staff-invalid"]);
    expect(await sum(await operator.post(pathOf(worker, "/reset?seller=S7"), {}))).toBe("204");
    expect(await sum(await worker.get("/line"))).toBe("401 factors-changed");
    const auditor = await enter(`auditor/eye-${count++}`);
    expect([...(await tryAll(auditor, idOf(worker), "?seller=S7"))]).toEqual(["403 role-lacks-action"]);
  });

  it("[V6.3.8] tell of nobody as of somebody who has enrolled nothing", async () => {
    const owner = await newOwner();
    const newcomer = personOf(port, `staff/worker-${count++}/S1/shipper`, shop.clock.now);
    const nobody = await read(await owner.get("/privacy/staff/nobody"));
    expect(nobody).toEqual(await read(await owner.get(pathOf(newcomer))));
    expect(await sum(await owner.get(`/privacy/staff/${"x".repeat(257)}`))).toBe(
      "400 seller-or-staff-invalid",
    );
  });
});

describe("garim.staff", () => {
  let shop: Shop;
  let port: number;

  beforeAll(async () => {
    shop = await openShop(mountLine);
    port = await shop.listen();
  });
  afterAll(() => shop.close());

  it("does the same for the host's back office, on record as whom the host names", async () => {
    const worker = await enrolledPerson(shop, port, "staff/kim/S1/shipper");
    const kim = { kind: "staff", id: "kim", sellerId: "S1" } as const;
    const desk = { kind: "operator", id: "desk", sellerId: null } as const;
    const { staff } = shop.garim;
    expect(await staff.view(kim)).toMatchObject({
      factors: { factors: [{}] },
      sessions: [{ secondFactor: "totp" }],
    });
    expect(await staff.endSession(kim, "x")).toBe(false);
    await staff.unlock(kim);
    expect((await worker.get("/line")).status).toBe(200);
    await staff.reset(kim, desk);
    expect(await sum(await worker.get("/line"))).toBe("401 factors-changed");
    const { entries } = await shop.garim.log.find({ actor: "desk" });
    expect(entries).toMatchObject([
      { access: { actor: desk, action: "reset-factors", target: kim, origin: { ip: "server" } } },
    ]);
    const { entries: host } = await shop.garim.log.find({ actor: "host" });
    expect(host.map(({ access }) => access.action)).toEqual([
      "unlock-account",
      "end-sessions",
      "view-account",
    ]);
  });

  it("locks out whom a job dismisses, of the marketplace too", async () => {
    const operator = await enrolledPerson(shop, port, "operator/lee");
    const lee = { kind: "operator", id: "lee", sellerId: null } as const;
    await shop.garim.staff.dismiss(lee);
    expect(await sum(await operator.get("/line"))).toBe("403 account-dismissed");
    await shop.garim.staff.reinstate(lee);
    await shop.garim.staff.reactivate(lee);
    await shop.garim.staff.endSessions(lee);
  });

  it.each([
    { kind: "staff", id: "kim", sellerId: null },
    { kind: "staff", id: "", sellerId: "S1" },
    { kind: "operator", id: "lee", sellerId: "S1" },
    { kind: "buyer", id: "b-1", sellerId: null },
    undefined,
  ])("takes no %j for a worker: somebody else would be meant", async (worker) => {
    await expect(shop.garim.staff.dismiss(worker as never)).rejects.toMatchObject({
      code: "ERR_GARIM_IDENTITY_INVALID",
    });
  });

  it("says nothing where the log is out: what it did is not on record", async () => {
    vi.spyOn(shop.garim.log, "append").mockRejectedValueOnce(new Error("out"));
    const lee = { kind: "operator", id: "lee", sellerId: null } as const;
    await expect(shop.garim.staff.unlock(lee)).rejects.toThrow("out");
  });
});
