import { randomUUID } from "node:crypto";
import type { Access } from "@garim/audit";
import { DAY, resolvePolicy } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDatabases } from "../../test/databases.ts";
import { KEEPER, NOON } from "../../test/keeping.ts";
import { createPurges } from "./create-purges.ts";
import type { DestructionReceipt, Purges, ReadOrder } from "./purge.ts";

for (const database of await startDatabases())
  describe(`Purges on ${database.name}`, () => {
    const accesses: Access[] = [];
    let isLogDown = false;
    let one: Purges;
    let other: Purges;

    beforeAll(async () => {
      const append = async (access: Access) => {
        if (isLogDown) throw new Error("the log is down");
        accesses.push(access);
        return { seq: accesses.length, id: randomUUID() };
      };
      const options = { append, policy: resolvePolicy(), clock: () => NOON };
      [one, other] = await Promise.all([
        createPurges({ ...options, database: database.nodes[0] }),
        createPurges({ ...options, database: database.nodes[1] }),
      ]);
    });
    afterAll(() => database.stop());

    const receiptOf = (
      toolId: string,
      orderIds: readonly string[],
      more: Partial<DestructionReceipt> = {},
    ) => ({
      toolId,
      sellerId: "seller-1",
      orderIds,
      destroyedAt: NOON,
      method: "rows deleted",
      ...more,
    });

    const readOf = (orderId: string, purgeBy = NOON, more: Partial<ReadOrder> = {}): ReadOrder => ({
      sellerId: "seller-1",
      orderId,
      purgeBy,
      isClear: true,
      ...more,
    });

    async function owedOf(
      toolId: string,
      dueBefore: number = Number.MAX_SAFE_INTEGER,
    ): Promise<readonly string[]> {
      return (await other.owed({ dueBefore, toolId })).entries.map(({ orderId }) => orderId);
    }

    it("knows what is owed, soonest due first, until the tool says it is destroyed", async () => {
      const toolId = randomUUID();
      const orders = [readOf("b", NOON + DAY), readOf("a", NOON), readOf("c", Number.NaN)];
      await one.owe(toolId, orders, NOON - DAY);
      expect(await owedOf(toolId)).toEqual(["c", "a", "b"]);
      expect(await owedOf(toolId, NOON)).toEqual(["c"]);
      const tool = { ...KEEPER, actor: { kind: "tool", id: toolId, sellerId: "seller-1" } } as const;
      const done = await other.confirm(receiptOf(toolId, ["a", "c", "z", "a"]), tool);
      expect(done).toEqual({ receipt: expect.any(String), confirmed: ["a", "c"], unknown: ["z"] });
      expect(await owedOf(toolId)).toEqual(["b"]);
      expect(accesses.at(-1)).toMatchObject({
        action: "confirm-destruction",
        actor: tool.actor,
        target: { kind: "tool", id: toolId, sellerId: "seller-1" },
        detail: { receipt: done.receipt, orders: 3, method: "rows deleted" },
      });
    });

    it("owes again what was read after it was destroyed, and not what was read before", async () => {
      const toolId = randomUUID();
      const order = readOf("a");
      await one.owe(toolId, [order], NOON - 2);
      await one.confirm(receiptOf(toolId, ["a"], { destroyedAt: NOON - 1 }), KEEPER);
      await other.owe(toolId, [order], NOON - 1);
      expect(await owedOf(toolId)).toEqual([]);
      await other.owe(toolId, [order], NOON);
      expect(await owedOf(toolId)).toEqual(["a"]);
      const old = await one.confirm(receiptOf(toolId, ["a"], { destroyedAt: NOON - 1 }), KEEPER);
      expect(old.unknown).toEqual(["a"]);
    });

    it("owes nothing for what was masked, which has what is owed already due sooner, and never later", async () => {
      const toolId = randomUUID();
      const masked = (purgeBy: number) => readOf("a", purgeBy, { isClear: false });
      await one.owe(toolId, [masked(NOON)], NOON);
      expect(await owedOf(toolId)).toEqual([]);
      await one.owe(toolId, [readOf("a", NOON + 9 * DAY)], NOON);
      await other.owe(toolId, [masked(NOON + DAY)], NOON + 1);
      await other.owe(toolId, [masked(NOON + 2 * DAY)], NOON + 2);
      const { entries } = await one.owed({ dueBefore: Number.MAX_SAFE_INTEGER, toolId });
      expect(entries.map(({ purgeBy, readAt }) => [purgeBy, readAt])).toEqual([[NOON + DAY, NOON]]);
      const done = await one.confirm(receiptOf(toolId, ["a"], { destroyedAt: NOON }), KEEPER);
      expect(done.confirmed).toEqual(["a"]);
      await one.owe(toolId, [masked(NOON)], NOON + 3);
      expect(await owedOf(toolId)).toEqual([]);
    });

    it("takes sellers and tools apart that are noted together", async () => {
      const tools = [randomUUID(), randomUUID()];
      const orders = ["seller-1", "seller-2"].map((sellerId) => readOf("a", NOON, { sellerId }));
      const noted = tools.flatMap((toolId) => [
        one.owe(toolId, orders, NOON),
        one.owe(toolId, orders, NOON + 1),
      ]);
      await Promise.all(noted);
      for (const toolId of tools) {
        const { entries } = await other.owed({ dueBefore: NOON + 1, toolId });
        const told = entries.map(({ sellerId, orderId, readAt }) => [sellerId, orderId, readAt]);
        expect(told).toEqual(["seller-1", "seller-2"].map((sellerId) => [sellerId, "a", NOON + 1]));
      }
    });

    it("tells only who brought it that an order has no name that can be kept", async () => {
      const toolId = randomUUID();
      const wrong = one.owe(toolId, [readOf("\ud800")], NOON);
      const right = one.owe(toolId, [readOf("a")], NOON);
      await expect(wrong).rejects.toMatchObject({ code: "ERR_GARIM_OPTION_INVALID" });
      await right;
      expect(await owedOf(toolId)).toEqual(["a"]);
    });

    it("takes the later of two readings, whichever comes first", async () => {
      const toolId = randomUUID();
      await one.owe(toolId, [readOf("a")], NOON);
      await other.owe(toolId, [readOf("a", NOON + DAY)], NOON - 1);
      expect((await one.owed({ dueBefore: NOON + 1, toolId })).entries).toHaveLength(1);
    });

    it("[B1] takes no receipt of one seller's orders for another's, nor of one tool for another", async () => {
      const toolId = randomUUID();
      await one.owe(toolId, [readOf("a")], NOON);
      const done = await one.confirm(receiptOf(toolId, ["a"], { sellerId: "seller-2" }), KEEPER);
      expect(done.confirmed).toEqual([]);
      const stranger = { ...KEEPER, actor: { kind: "tool", id: "other", sellerId: null } } as const;
      await expect(one.confirm(receiptOf(toolId, ["a"]), stranger)).rejects.toMatchObject({
        code: "ERR_GARIM_OPTION_INVALID",
      });
      expect(await owedOf(toolId)).toEqual(["a"]);
    });

    it("counts no receipt that cannot be recorded", async () => {
      const toolId = randomUUID();
      await one.owe(toolId, [readOf("a")], NOON);
      isLogDown = true;
      await expect(one.confirm(receiptOf(toolId, ["a"]), KEEPER)).rejects.toThrow("the log is down");
      isLogDown = false;
      expect(await owedOf(toolId)).toEqual(["a"]);
    });

    it("notes and confirms many at once on both nodes, in pages without gaps", async () => {
      const toolId = randomUUID();
      const orders = Array.from({ length: 2_500 }, (_, i) => readOf(`o${i}`, NOON + (i % 7)));
      await Promise.all([one, other, one].map((node) => node.owe(toolId, orders, NOON)));
      const found: string[] = [];
      let after: string | null = null;
      do {
        const page = await one.owed({
          dueBefore: NOON + DAY,
          toolId,
          limit: 999,
          ...(after === null ? {} : { after }),
        });
        found.push(...page.entries.map(({ orderId }) => orderId));
        after = page.next;
      } while (after !== null);
      expect(found).toHaveLength(2_500);
      expect(new Set(found).size).toBe(2_500);
      const some = found.slice(0, 1_000);
      const done = await Promise.all(
        [one, other].map((node) => node.confirm(receiptOf(toolId, some), KEEPER)),
      );
      expect(done.flatMap(({ confirmed }) => confirmed).toSorted()).toEqual(some.toSorted());
    });

    it.each<[string, object, string]>([
      ["no orders", { orderIds: [] }, "orderIds"],
      ["1,001 orders", { orderIds: Array.from({ length: 1_001 }, String) }, "orderIds"],
      ["an order without a name", { orderIds: [""] }, "orderIds"],
      ["one order that is no list", { orderIds: "a" }, "orderIds"],
      ["a moment to come", { destroyedAt: NOON + 120_001 }, "destroyedAt"],
      ["no moment", { destroyedAt: Number.NaN }, "destroyedAt"],
      ["no way it was done", { method: " " }, "method"],
      ["no seller", { sellerId: undefined }, "sellerId"],
    ])("takes no receipt with %s, and says what is wanted", async (_, more, member) => {
      const before = accesses.length;
      await expect(one.confirm({ ...receiptOf("t", ["a"]), ...more } as never, KEEPER)).rejects.toMatchObject(
        {
          code: "ERR_GARIM_OPTION_INVALID",
          message: expect.stringContaining(member),
        },
      );
      expect(accesses).toHaveLength(before);
    });
  });
