import { randomUUID } from "node:crypto";
import { DAY, kindSet } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handClock, NOON, race } from "../../test/people.ts";
import { startDatabases } from "../../test/tool-stores.ts";
import {
  APPLICATION,
  breakable,
  OPERATOR,
  OWNER,
  someConsent,
  someGrant,
  startToolNode,
  type ToolNode,
} from "../../test/tools.ts";
import type { GrantRequest } from "./grant.ts";
import { createGrantUses } from "./uses/uses.ts";

for (const database of await startDatabases())
  describe(`grants and tools on ${database.name}`, () => {
    let one: ToolNode;
    let other: ToolNode;

    beforeAll(async () => {
      [one, other] = await Promise.all([startToolNode(database.nodes[0]), startToolNode(database.nodes[1])]);
    });
    afterAll(async () => {
      await Promise.all([one.follower.close(), other.follower.close()]);
      await database.stop();
    });

    it("has a grant on both nodes, and its end", async () => {
      const grant = await someGrant(one);
      expect(one.grants.find(grant.toolId, "seller-1")).toEqual(grant);
      await other.follower.refresh();
      expect(other.grants.find(grant.toolId, "seller-1")).toEqual(grant);
      await other.grants.revoke(grant.id, OWNER);
      await one.follower.refresh();
      expect(one.grants.find(grant.toolId, "seller-1")?.revokedAt).toBe(NOON);
      expect(one.grants.ofTool(grant.toolId)).toEqual([]);
    });

    it("leaves one grant of sixty made at once on both nodes, and all on record", async () => {
      const toolId = randomUUID();
      const made = await race(60, (i) => someGrant(i % 2 === 0 ? one : other, { toolId }));
      expect(new Set(made.map(({ id }) => id)).size).toBe(60);
      await Promise.all([one.follower.refresh(), other.follower.refresh()]);
      const left = one.grants.ofTool(toolId);
      expect(left).toHaveLength(1);
      expect(other.grants.ofTool(toolId)).toEqual(left);
      const said = [...one.changes, ...other.changes].filter((change) => change.toolId === toolId);
      expect(said).toHaveLength(60);
    });

    it("never widens, whichever of sixty narrowings and revocations come first", async () => {
      const grant = await someGrant(one, { kinds: kindSet(["name", "phone", "address", "memo"]) });
      const kinds = [["name", "phone"], ["name", "address"], ["name"]] as const;
      await race(60, (i) => {
        const node = i % 2 === 0 ? one : other;
        return i % 20 === 19
          ? node.grants.revoke(grant.id, OWNER)
          : node.grants.narrow(grant.id, { kinds: kindSet(kinds[i % 3] ?? []) }, OWNER);
      });
      await one.follower.refresh();
      const left = one.grants.find(grant.toolId, "seller-1");
      expect((left?.kinds ?? 0) & ~kindSet(["name", "phone"])).toBe(0);
      expect(left?.revokedAt).toBe(NOON);
    });

    it("[B1] lets nobody of another seller change a grant", async () => {
      const grant = await someGrant(one);
      const stranger = { kind: "staff", id: "park", sellerId: "seller-2" } as const;
      expect(await other.grants.revoke(grant.id, stranger)).toBeNull();
      expect(await other.grants.narrow(grant.id, { kinds: 1 }, stranger)).toBeNull();
      await one.follower.refresh();
      expect(one.grants.find(grant.toolId, "seller-1")).toEqual(grant);
    });

    it("registers, approves and suspends a tool on both nodes", async () => {
      const { toolId } = await one.tools.apply(APPLICATION, null);
      await other.follower.refresh();
      expect(other.tools.find(toolId)).toMatchObject({ status: "applied", sandbox: true });
      await other.tools.approve(toolId, OPERATOR);
      await one.follower.refresh();
      expect(one.tools.find(toolId)).toMatchObject({ status: "approved", sandbox: false });
      await one.tools.suspend(toolId, OPERATOR, "leak");
      await other.follower.refresh();
      expect(other.tools.find(toolId)?.status).toBe("suspended");
    });

    it("[T2] takes a token's id once", async () => {
      const id = randomUUID();
      const token = { id, toolId: "t", grantId: null, keyId: "k", expiresAt: NOON + 300_000 };
      const all = await Promise.allSettled(
        Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? one : other).issued.add(token)),
      );
      expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    });

    it("[J4] knows an issued token on both nodes, its revocation too, and no other", async () => {
      const tokens = ["id", "grantId", "toolId"].map((by) => ({
        id: randomUUID(),
        toolId: `tool of ${by} ${randomUUID()}`,
        grantId: `grant of ${by} ${randomUUID()}`,
        keyId: "k",
        expiresAt: NOON + 300_000,
      }));
      for (const token of tokens) await one.issued.add(token);
      const issued = async (node: ToolNode) =>
        Promise.all(
          tokens.map(async ({ id }) => (await node.issued.isIssued(id)) && !node.issued.isRevoked(id)),
        );
      expect([await issued(one), await issued(other)]).toEqual(Array(2).fill([true, true, true]));
      expect(await one.issued.isIssued(randomUUID())).toBe(false);
      const [byId, byGrant, byTool] = tokens;
      await one.issued.revoke({ id: byId?.id ?? "" });
      await one.issued.revoke({ grantId: byGrant?.grantId ?? "" });
      await one.issued.revoke({ toolId: byTool?.toolId ?? "" });
      await other.follower.refresh();
      expect(tokens.map(({ id }) => other.issued.isRevoked(id))).toEqual([true, true, true]);
      expect([await issued(one), await issued(other)]).toEqual(Array(2).fill([false, false, false]));
    });

    it("has keys on both nodes, of which one signs", async () => {
      const first = await one.keys.rotate({ owner: "platform", by: OPERATOR });
      await other.follower.refresh();
      expect(other.keys.signing()).toEqual(one.keys.signing());
      expect(one.keys.signing()).toMatchObject({ kid: first.kid, privateJwk: { d: expect.any(String) } });
      await race(10, (i) => (i % 2 === 0 ? one : other).keys.rotate({ owner: "platform", by: OPERATOR }));
      await Promise.all([one.follower.refresh(), other.follower.refresh()]);
      expect(one.keys.list()).toEqual(other.keys.list());
      expect(one.keys.list().filter(({ endsAt }) => endsAt === null)).toHaveLength(1);
      await other.keys.retire(first.kid, OPERATOR, "stolen");
      await one.follower.refresh();
      expect(one.keys.isLive(first.kid)).toBe(false);
      expect(JSON.stringify(one.keys.publicSet())).not.toMatch(/"d":/);
    });

    it("proposes to take away what was not used for 30 days, on either node's word", async () => {
      const grant = await someGrant(one);
      const later = { clock: () => NOON + 30 * DAY, flushMs: 2 ** 30 };
      const [uses, others] = [
        createGrantUses({ database: database.nodes[0], ...later }),
        createGrantUses({ database: database.nodes[1], ...later }),
      ];
      const all = { kinds: grant.kinds, purposes: grant.purposes, isWhole: true };
      expect(await uses.unused([grant])).toEqual([{ grant, ...all }]);
      others.note(grant, kindSet(["name", "email"]), "fulfilment");
      await others.flush();
      const unused = { kinds: kindSet(["phone", "address"]), purposes: [], isWhole: false };
      expect(await uses.unused([grant])).toEqual([{ grant, ...unused }]);
      expect(
        await uses.unused([
          { ...grant, grantedAt: NOON + 1 },
          { ...grant, revokedAt: NOON },
        ]),
      ).toEqual([]);
      await Promise.all([uses.close(), others.close()]);
    });

    it("writes the same use once a day, and keeps what could not be written", async () => {
      const clock = handClock();
      const grant = await someGrant(one);
      const { client, breakBy, asked } = breakable(database.nodes[0]);
      const uses = createGrantUses({ database: client, clock, flushMs: 2 ** 30 });
      breakBy(async () => Promise.reject(new Error("gone")));
      uses.note(grant, kindSet(["name"]), "fulfilment");
      await expect(uses.flush()).rejects.toMatchObject({ code: "ERR_GARIM_STATE_UNAVAILABLE" });
      breakBy(null);
      await uses.flush();
      const before = asked();
      for (clock.now = NOON; clock.now < NOON + DAY; clock.now += DAY / 4) {
        uses.note(grant, kindSet(["name"]), "fulfilment");
        await uses.flush();
      }
      expect(asked()).toBe(before);
      uses.note(grant, kindSet(["name"]), "fulfilment");
      await uses.flush();
      expect(asked()).toBe(before + 2);
      await uses.close();
    });

    it.each<[string, Partial<GrantRequest>, string]>([
      ["no contract", { contract: null }, "contract-missing"],
      ["no agreement", { agreement: null }, "contract-missing"],
      [
        "a contract to be signed tomorrow",
        { contract: { signedAt: NOON + 1, endsAt: null } },
        "contract-missing",
      ],
      ["an agreement that is over", { agreement: { signedAt: NOON - 2, endsAt: NOON } }, "contract-ended"],
      ["an end that has come", { endsAt: NOON }, "grant-ended"],
      ["an end that is none", { endsAt: Number.NaN }, "grant-ended"],
      ["no field", { kinds: 0 }, "grant-lacks-field"],
      ["fields that are none", { kinds: -1 }, "grant-lacks-field"],
      ["no purpose", { purposes: [] }, "grant-purpose"],
      ["a purpose that shows nothing", { purposes: ["fulfilment", "\u200b"] }, "grant-purpose"],
      ["no state", { states: [] }, "grant-lacks-state"],
      ["a state that is none", { states: ["closed" as "open"] }, "grant-lacks-state"],
      ["staff of another seller", { sellerId: "seller-2" }, "grant-other-seller"],
      ["an operator for the seller", { by: OPERATOR }, "grant-other-seller"],
    ])("[J6] makes no grant of %s, and records none", async (_, more, reason) => {
      const before = one.changes.length;
      expect(await one.grants.make(someConsent(more))).toMatchObject({ kind: "refuse", reason });
      expect(one.changes).toHaveLength(before);
    });

    it("makes none longer than its contracts, its policy or the seller's choice", async () => {
      const brief = { signedAt: NOON - DAY, endsAt: NOON + 3 * DAY };
      expect((await someGrant(one, { agreement: brief })).endsAt).toBe(NOON + 3 * DAY);
      expect((await someGrant(one, { contract: brief })).endsAt).toBe(NOON + 3 * DAY);
      expect((await someGrant(one, { endsAt: NOON + 1 })).endsAt).toBe(NOON + 1);
      expect((await someGrant(one, { endsAt: NOON + 999 * DAY })).endsAt).toBe(NOON + 180 * DAY);
    });

    it("narrows what is there, records it where something changed, and revokes what has nothing left", async () => {
      const grant = await someGrant(one, { purposes: ["fulfilment", "service"], states: ["open", "claim"] });
      const said = () =>
        one.changes.filter(({ grantId }) => grantId === grant.id).map(({ action }) => action);
      const wider = { kinds: -1 >>> 1, purposes: ["service", "marketing"], endsAt: NOON + 999 * DAY };
      const left = await one.grants.narrow(grant.id, wider, OWNER);
      expect(left).toEqual({ ...grant, purposes: ["service"], changedAt: NOON });
      expect(await one.grants.narrow(grant.id, { endsAt: NOON + DAY }, OWNER)).toMatchObject({
        endsAt: NOON + DAY,
      });
      expect(await one.grants.narrow(grant.id, { states: [] }, OWNER)).toMatchObject({ revokedAt: NOON });
      expect(await one.grants.narrow(grant.id, { kinds: 1 }, OWNER)).toMatchObject({ kinds: grant.kinds });
      expect(said()).toEqual(["grant-tool", "change-grant", "change-grant", "change-grant"]);
    });

    it("knows the grant that took the place of another, and changes the other no more", async () => {
      const { toolId, id } = await someGrant(one);
      const next = await someGrant(one, { toolId, kinds: kindSet(["name", "email"]) });
      expect(one.changes.at(-1)?.detail).toMatchObject({ replaces: id, kinds: "name email" });
      expect(await one.grants.revoke(id, OWNER)).toBeNull();
      expect(one.grants.find(toolId, "seller-1")).toEqual(next);
      expect(one.grants.listOfSeller("seller-1").filter((grant) => grant.toolId === toolId)).toEqual([next]);
    });
  });
