import type { Problem } from "@garim/express";
import { DAY } from "@garim/policy";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  enrolledPerson,
  lineOf,
  mountPrivacy,
  OWNER,
  orderLine,
  type Person,
  personOf,
  tidy,
} from "../fixtures/shop.ts";
import { KEEPER, openToolShop, type TestTool, type ToolShop } from "../fixtures/tool-shop.ts";

/** A connected tool as its owner's list shows it. */
interface Connection {
  readonly id: string;
  readonly tool: { readonly id: string; readonly name: string; readonly isSandbox: boolean };
  readonly fields: readonly string[];
  readonly states: readonly string[];
  readonly endsAt: number;
  readonly reason: string | null;
  readonly contract: { readonly tasks: readonly string[] } | null;
}

let shop: ToolShop;
let port: number;
let owner: Person;
let tool: TestTool;
let id: string;

beforeAll(async () => {
  shop = await openToolShop((app, garim) => {
    mountPrivacy(app, garim);
    app.get(
      "/lines",
      garim.reveal([orderLine], { purpose: "fulfilment", tools: "orders.read" }),
      (_req, res) => void res.json([tidy(lineOf())]),
    );
    app.use(garim.errors());
  });
  port = await shop.listen();
  owner = await enrolledPerson(shop, port, OWNER);
});
afterAll(() => shop.close());
beforeEach(async () => {
  tool = await shop.makeTool();
  id = await shop.grant(tool, "S1");
});

async function listed(person = owner): Promise<Connection | undefined> {
  const { tools } = (await (await person.get("/privacy/tools")).json()) as {
    readonly tools: readonly Connection[];
  };
  return tools.find((one) => one.id === id);
}

async function reasonOf(answer: Response): Promise<readonly [number, string]> {
  const { reason = "", code = "" } = (await answer.json()) as Problem;
  return [answer.status, reason || code];
}

const read = async () => (await tool.get("/lines", await tool.mint())).status;

describe("GET /privacy/tools", () => {
  it("tells an owner which tool reads what, until when, and by which contract", async () => {
    expect(await listed()).toMatchObject({
      tool: { id: tool.toolId, name: "송장도우미", isSandbox: false },
      fields: ["name", "phone", "address"],
      states: ["open", "claim"],
      endsAt: shop.clock.now + 180 * DAY,
      reason: null,
      contract: { tasks: ["송장 출력"], subProcessors: [], endsAt: null },
    });
  });

  it("says why a tool reads nothing any more", async () => {
    await shop.garim.tools.register.endContract("S1", tool.toolId, KEEPER);
    expect(await listed()).toMatchObject({ id, reason: "contract-ended" });
    const by = { kind: "operator", id: "op", sellerId: null } as const;
    await shop.garim.tools.tools.suspend(tool.toolId, by, "test");
    expect(await listed()).toMatchObject({ id, reason: "tool-suspended" });
  });

  it("[B1] tells another seller's owner nothing of it", async () => {
    const other = await enrolledPerson(shop, port, `staff/owner-${id}/S2/owner`);
    expect(await listed(other)).toBeUndefined();
  });

  it.each([
    ["a role that connects no tools", `staff/shipper/S1/shipper`],
    ["an operator", "operator/op-9"],
  ])("refuses %s", async (_, user) => {
    const person = await enrolledPerson(shop, port, user);
    expect(await reasonOf(await person.get("/privacy/tools"))).toEqual([403, "role-lacks-action"]);
  });

  it("refuses an owner without a second factor", async () => {
    const bare = personOf(port, "staff/bare/S1/owner", shop.clock.now);
    expect(await reasonOf(await bare.get("/privacy/tools"))).toEqual([401, "second-factor-unenrolled"]);
  });
});

describe("PATCH /privacy/tools/:grantId", () => {
  it("takes away, and never adds", async () => {
    const narrowing = { fields: ["name", "email"], states: ["open"], endsAt: shop.clock.now + DAY };
    const answer = await owner.patch(`/privacy/tools/${id}`, narrowing);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      fields: ["name"],
      states: ["open"],
      endsAt: narrowing.endsAt,
    });
  });

  it.each([
    ["fields that are none", { fields: ["name", "salary"] }],
    ["no list", { fields: "name" }],
    ["a state nobody knows", { states: ["closed"] }],
    ["an end that is no moment", { endsAt: "tomorrow" }],
    ["a member nobody knows", { sellerId: "S2" }],
  ])("refuses %s, and changes nothing", async (_, narrowing) => {
    const answer = await owner.patch(`/privacy/tools/${id}`, narrowing);
    expect(await reasonOf(answer)).toEqual([400, "narrowing-invalid"]);
    expect(await listed()).toMatchObject({ fields: ["name", "phone", "address"], states: ["open", "claim"] });
  });
});

describe("DELETE /privacy/tools/:grantId", () => {
  it("[V8.3.2 V10.4.9] ends the connection: the tool's next read brings nothing, and both are on record", async () => {
    expect(await read()).toBe(200);
    expect((await owner.delete(`/privacy/tools/${id}`)).status).toBe(204);
    const answer = await tool.get("/lines", await tool.mint());
    expect(answer.headers.get("garim-left-out")).toBe("grant-revoked;count=1");
    expect(await answer.json()).toEqual([]);
    const { entries } = await shop.garim.log.find({ kind: "staff", actor: "anna" }, { limit: 100 });
    const ends = entries.filter(({ access }) => access.action === "revoke-grant" && access.grant === id);
    expect(ends.map(({ access }) => [access.outcome, access.target])).toEqual([
      ["done", { kind: "tool", id: tool.toolId, sellerId: "S1" }],
    ]);
  });

  it("stands on record with the owner's address, session and second factor, as narrowing does", async () => {
    await owner.patch(`/privacy/tools/${id}`, { fields: ["name"] });
    await owner.delete(`/privacy/tools/${id}`);
    const { entries } = await shop.garim.log.find({ kind: "staff", actor: "anna" }, { limit: 100 });
    const mine = entries
      .map(({ access }) => access)
      .filter(({ grant, outcome }) => grant === id && outcome === "done");
    const told = mine.map(({ action, origin, session, factor, route }) => [
      action,
      origin.ip,
      session,
      factor?.method,
      route,
    ]);
    const session = expect.stringMatching(/^[0-9a-f]{16}$/);
    expect(told).toEqual([
      ["revoke-grant", "127.0.0.1", session, "totp", "DELETE /privacy/tools/:grantId"],
      ["change-grant", "127.0.0.1", session, "totp", "PATCH /privacy/tools/:grantId"],
    ]);
  });

  it("[B1] does nothing for another seller's owner", async () => {
    const other = await enrolledPerson(shop, port, `staff/other-${id}/S2/owner`);
    expect(await reasonOf(await other.delete(`/privacy/tools/${id}`))).toEqual([403, "grant-missing"]);
    expect(await read()).toBe(200);
  });

  it("[S5] does nothing for another site", async () => {
    const { headers } = owner;
    const answer = await fetch(`http://127.0.0.1:${port}/privacy/tools/${id}`, {
      method: "DELETE",
      headers: { ...headers, "sec-fetch-site": "cross-site" },
    });
    expect(await reasonOf(answer)).toEqual([403, "cross-site"]);
    expect(await read()).toBe(200);
  });

  it("asks for a second factor of the last five minutes", async () => {
    shop.clock.now += 6 * 60_000;
    const answer = await owner.delete(`/privacy/tools/${id}`);
    expect(await reasonOf(answer)).toEqual([401, "second-factor-stale"]);
    expect(await read()).toBe(200);
  });
});
