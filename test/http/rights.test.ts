import type { Problem } from "@garim/express";
import { MINUTE } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CANARY } from "../fixtures/canary.ts";
import { USUAL_FLOWS } from "../fixtures/duties.ts";
import {
  enrolledPerson,
  lineOf,
  mountPrivacy,
  openShop,
  orderLine,
  type Person,
  type Shop,
  tidy,
} from "../fixtures/shop.ts";
import { KEEPER } from "../fixtures/tool-shop.ts";
import { totpCode } from "../fixtures/totp.ts";

let shop: Shop;
let port: number;
let owner: Person;
let operator: Person;
let viewer: Person;
/** What the slow handler does before it answers. */
let meanwhile: () => unknown = () => undefined;

beforeAll(async () => {
  shop = await openShop(
    (app, garim) => {
      mountPrivacy(app, garim);
      app.use("/duties", garim.duties());
      app.use("/auditor", garim.auditor());
      app.get(
        "/lines",
        garim.reveal([orderLine], { purpose: "fulfilment", undeclared: "drop" }),
        async (_, res) => {
          await meanwhile();
          res.json([tidy(lineOf({ confirmedAt: null }))]);
        },
      );
      app.post("/exports", garim.download(orderLine), (_req, res) => void res.json([]));
      app.use(garim.errors());
    },
    { duties: {}, policy: { idleMinutes: 60 } },
  );
  for (const flow of USUAL_FLOWS) await shop.garim.registers.flows.put(flow, KEEPER);
  port = await shop.listen();
  owner = await enrolledPerson(shop, port, "staff/anna/S1/owner");
  operator = await enrolledPerson(shop, port, "operator/oscar");
  viewer = await enrolledPerson(shop, port, "staff/kim/S1/viewer");
}, 60_000);
afterAll(() => shop.close());

async function reasonOf(answer: Response): Promise<string | undefined> {
  return ((await answer.json()) as Problem).reason;
}

const erase = (person: Person, path: string, body: object): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}${path}`, {
    method: "DELETE",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", ...person.headers },
  });

async function ask(person: Person, more: object = {}): Promise<{ id: string }> {
  const answer = await person.post("/duties/my-elevation", {
    roles: ["claims"],
    hours: 1,
    why: "반품 문의",
    ...more,
  });
  expect(answer.status).toBe(201);
  return (await answer.json()) as { id: string };
}
const agree = (person: Person, id: string, staffId = "kim", query = ""): Promise<Response> =>
  person.post(`/duties/elevations/${staffId}/approval${query}`, { id });
const seesPhone = async (): Promise<boolean> =>
  (await (await viewer.get("/lines")).text()).includes(CANARY.phone);

describe("roles lent for a time", () => {
  it("[garim/elevation notice-2026-9/5-1] show more once another person agreed, and less again by themselves", async () => {
    expect(await seesPhone()).toBe(false);
    const { id } = await ask(viewer);
    expect(await seesPhone()).toBe(false);
    expect(await reasonOf(await agree(viewer, id))).toBe("role-lacks-action");
    expect((await agree(owner, id)).status).toBe(200);
    expect(await seesPhone()).toBe(true);
    const mine = (await (await viewer.get("/duties/my-elevation")).json()) as object;
    expect(mine).toMatchObject({
      elevation: { state: "live", approvedBy: "staff anna" },
      mostHours: 8,
      roles: ["viewer", "shipper", "claims", "downloader"],
    });
    shop.clock.now += 40 * MINUTE;
    expect(await seesPhone()).toBe(true);
    shop.clock.now += 20 * MINUTE;
    const answer = await viewer.get("/lines");
    expect([answer.status, await answer.text()]).toEqual([200, expect.not.stringContaining(CANARY.phone)]);
  });

  it("leave no trace in the host's own roles, and stand in the log with who agreed", async () => {
    const { entries: roles } = await shop.garim.log.find({ actions: ["change-roles"], target: "kim" });
    expect(roles.map(({ access }) => access.detail?.["after"])).toEqual(['["viewer"]']);
    const { entries } = await shop.garim.log.find({ actions: ["approve-elevation"], outcome: "done" });
    expect(entries[0]?.access).toMatchObject({
      actor: { id: "anna", kind: "staff" },
      target: { id: "kim" },
      detail: { roles: "claims", why: "반품 문의" },
    });
  });

  it("open no answer that was at work when they ended", async () => {
    await prove(owner, viewer);
    const { id } = await ask(viewer);
    await agree(owner, id);
    const name = { sellerId: "S1", staffId: "kim", id };
    meanwhile = () => shop.garim.registers.elevations.end(name, KEEPER);
    const answer = await viewer.get("/lines");
    meanwhile = () => undefined;
    expect([answer.status, await reasonOf(answer)]).toEqual([403, "elevation-ended"]);
  });

  it("open downloads to whom they were lent, and to nobody once somebody ended them", async () => {
    await prove(owner, viewer);
    const file = { purpose: "delivery", fields: ["orderNo"], password: "correct horse battery staple 7!" };
    expect(await reasonOf(await viewer.post("/exports", file))).toBe("role-lacks-action");
    const { id } = await ask(viewer, { roles: ["downloader"] });
    await agree(owner, id);
    expect(await reasonOf(await viewer.post("/exports", file))).not.toBe("role-lacks-action");
    expect((await erase(owner, "/duties/elevations/kim", { id })).status).toBe(200);
    expect(await reasonOf(await viewer.post("/exports", file))).toBe("role-lacks-action");
    expect(await reasonOf(await erase(owner, "/duties/elevations/kim", { id }))).toBe("elevation-ended");
  });

  it("are agreed to by no owner for themselves, by nobody of another shop, and by an operator for any", async () => {
    const other = await enrolledPerson(shop, port, "staff/zoe/S2/owner");
    const { id } = await ask(owner);
    await prove(owner, operator);
    expect(await reasonOf(await agree(owner, id, "anna"))).toBe("own-account");
    expect(await reasonOf(await agree(other, id, "anna"))).toBe("elevation-ended");
    expect(await reasonOf(await agree(other, id, "anna", "?seller=S1"))).toBe("elevation-ended");
    expect((await agree(operator, id, "anna", "?seller=S1")).status).toBe(200);
    expect((await erase(owner, "/duties/my-elevation", { id })).status).toBe(200);
  });

  it("are refused in words where something is wrong with what is asked", async () => {
    for (const [more, status, said] of [
      [{ roles: ["owner"] }, 403, "elevation-role"],
      [{ hours: 9 }, 400, "ERR_GARIM_OPTION_INVALID"],
      [{ why: "" }, 400, "ERR_GARIM_OPTION_INVALID"],
    ] as const) {
      const body = { roles: ["claims"], hours: 1, why: "x", ...more };
      const answer = await viewer.post("/duties/my-elevation", body);
      expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(said)]);
    }
    expect((await agree(operator, "x")).status).toBe(400);
  });

  it("are listed for the shop's owner, for operators by shop, and in the folder of evidence", async () => {
    const list = async (person: Person, query = "") =>
      (
        (await (await person.get(`/duties/elevations${query}`)).json()) as {
          elevations: { staffId: string }[];
        }
      ).elevations;
    expect((await list(owner)).map(({ staffId }) => staffId).sort()).toEqual(["anna", "kim"]);
    expect(await list(operator, "?seller=S2")).toEqual([]);
    const auditor = await enrolledPerson(shop, port, "auditor/audrey");
    expect(await list(auditor, "?limit=1")).toHaveLength(1);
    const whole = { from: "2026-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z", samples: 1 };
    const made = (await (await auditor.post("/auditor/evidence", whole)).json()) as {
      files: Record<string, string>;
    };
    expect(JSON.parse(made.files["registers/elevations.json"] ?? "[]")).toHaveLength(2);
  });
});

describe("the report of rights", () => {
  it("[notice-2026-9/5-1 notice-2026-9/5-2] tells an owner what nobody used, on record, and nothing of another shop", async () => {
    const report = async (person: Person, query = "") =>
      (await (await person.get(`/duties/rights${query}`)).json()) as { people: { staffId: string }[] };
    expect(await report(owner)).toMatchObject({
      sellerId: "S1",
      people: [
        { staffId: "anna", roles: ["owner"] },
        { staffId: "kim", roles: ["viewer"], rights: [{ action: "view", usedAt: expect.any(Number) }] },
      ],
    });
    expect((await report(owner, "?seller=S2")).people.map(({ staffId }) => staffId)).toEqual(["anna", "kim"]);
    expect((await operator.get("/duties/rights")).status).toBe(400);
    expect((await report(operator, "?seller=S2")).people.map(({ staffId }) => staffId)).toEqual(["zoe"]);
    expect(await reasonOf(await viewer.get("/duties/rights"))).toBe("role-lacks-action");
    const { entries } = await shop.garim.log.find({ actions: ["log-query"], actor: "oscar" });
    expect(entries[0]?.access.detail).toEqual({ question: "rights", seller: "S2" });
  });
});

/** Proves the factor anew: what changes a register wants it fresh. */
async function prove(...people: readonly Person[]): Promise<void> {
  shop.clock.now += 30_000;
  for (const person of people) {
    Object.assign(person.headers, { "x-authenticated-at": String(shop.clock.now), cookie: "" });
    const code = totpCode(person.secret, shop.clock.now);
    const answer = await person.post("/privacy/step-up", { method: "totp", code, action: "manage" });
    if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
  }
}
