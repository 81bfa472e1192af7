import { DAY } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startDatabases } from "../../test/databases.ts";
import {
  KEEPER,
  type KeptRegister,
  NOON,
  openTestRegister,
  someAgreement,
  someContract,
} from "../../test/keeping.ts";
import type { DutyDatabase } from "../store/database.ts";

type Ask = () => ReturnType<DutyDatabase["query"]>;

for (const database of await startDatabases())
  describe(`Register on ${database.name}`, () => {
    let one: KeptRegister;
    let other: KeptRegister;

    beforeAll(async () => {
      [one, other] = await Promise.all([
        openTestRegister(database.nodes[0]),
        openTestRegister(database.nodes[1]),
      ]);
    });
    afterAll(() => database.stop());

    it("has what one node put on file on the other, each with its record first", async () => {
      const [agreement, contract] = [someAgreement(), someContract()];
      const filed = await one.register.putAgreement(agreement, KEEPER);
      await one.register.putContract(contract, KEEPER);
      await other.follower.refresh();
      expect(filed).toEqual({ ...agreement, endedAt: null });
      expect(other.register.agreement(agreement.toolId)).toEqual(filed);
      const { sellerId, toolId } = contract;
      expect(other.register.contract(sellerId, toolId)).toEqual({ ...contract, endedAt: null });
      expect(one.accesses.slice(-2)).toMatchObject([
        {
          action: "put-agreement",
          ...KEEPER,
          target: { kind: "tool", id: agreement.toolId, sellerId: null },
        },
        { action: "put-contract", target: { id: toolId, sellerId }, detail: { tasks: "송장 출력" } },
      ]);
    });

    it("[B1] knows a contract by its seller and its tool, and by neither alone", async () => {
      const { sellerId, toolId } = await one.register.putContract(someContract(), KEEPER);
      expect(one.register.contract(toolId, sellerId)).toBeNull();
      expect(one.register.contract("seller-2", toolId)).toBeNull();
      expect(one.register.contractsOf("seller-2")).toEqual([]);
      expect(one.register.contractsOf(sellerId).map((contract) => contract.toolId)).toContain(toolId);
    });

    it("ends a contract for both nodes at once, however many end it", async () => {
      const { sellerId, toolId } = await one.register.putContract(someContract(), KEEPER);
      await other.follower.refresh();
      const ended = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          (i % 2 === 0 ? one : other).register.endContract(sellerId, toolId, KEEPER),
        ),
      );
      await Promise.all([one.follower.refresh(), other.follower.refresh()]);
      for (const contract of [
        ...ended,
        one.register.contract(sellerId, toolId),
        other.register.contract(sellerId, toolId),
      ])
        expect(contract).toMatchObject({ endsAt: NOON, endedAt: NOON });
    });

    it("does not move the end of what is over", async () => {
      const past = someAgreement({ endsAt: NOON - 1 });
      await one.register.putAgreement(past, KEEPER);
      expect(await one.register.endAgreement(past.toolId, KEEPER)).toMatchObject({
        endsAt: NOON - 1,
        endedAt: null,
      });
      expect(await one.register.endAgreement("nobody", KEEPER)).toBeNull();
    });

    it("puts nothing on file that cannot be recorded, and ends what is on file all the same", async () => {
      const node = await openTestRegister(database.nodes[0]);
      const { toolId } = await node.register.putAgreement(someAgreement(), KEEPER);
      node.onAppend = () => {
        throw new Error("the log is down");
      };
      const another = someAgreement();
      await expect(node.register.putAgreement(another, KEEPER)).rejects.toThrow("the log is down");
      await expect(node.register.endAgreement(toolId, KEEPER)).rejects.toThrow("the log is down");
      await other.follower.refresh();
      expect(other.register.agreement(another.toolId)).toBeNull();
      expect(other.register.agreement(toolId)?.endsAt).toBe(NOON);
    });

    it("[B1] takes no reply that belongs to another question", async () => {
      const { toolId } = await one.register.putAgreement(someAgreement(), KEEPER);
      let answer: ((ask: Ask) => Promise<unknown>) | null = null;
      const node = await openTestRegister({
        async query(text, values) {
          const ask: Ask = () => database.nodes[0].query(text, values);
          return (await (answer === null ? ask() : answer(ask))) as Awaited<ReturnType<Ask>>;
        },
      });
      let late: unknown;
      answer = async (ask) => {
        const reply = late;
        late = await ask();
        return reply ?? late;
      };
      await node.follower.refresh().catch(() => undefined);
      const unavailable = expect.objectContaining({ code: "ERR_GARIM_STATE_UNAVAILABLE" });
      await expect(node.follower.refresh()).rejects.toEqual(unavailable);
      await expect(node.register.putAgreement(someAgreement(), KEEPER)).rejects.toEqual(unavailable);
      answer = async () => ({ rows: [] });
      await expect(node.register.endAgreement(toolId, KEEPER)).rejects.toEqual(unavailable);
      await expect(node.follower.refresh()).rejects.toEqual(unavailable);
      expect(node.register.agreement(toolId)?.endedAt).toBeNull();
    });

    it("[T5] does not wait for ever for a database that says nothing", async () => {
      let isSilent = false;
      const node = await openTestRegister({
        query: (text, values) =>
          isSilent ? new Promise(() => undefined) : database.nodes[0].query(text, values),
      });
      isSilent = true;
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
      try {
        const ended = expect(node.register.endAgreement("any", KEEPER)).rejects.toMatchObject({
          code: "ERR_GARIM_STATE_UNAVAILABLE",
        });
        await vi.advanceTimersByTimeAsync(10_000);
        await ended;
      } finally {
        vi.useRealTimers();
      }
    });

    it("[B1] takes no contract that stands under another seller's key", async () => {
      const { sellerId, toolId } = await one.register.putContract(someContract(), KEEPER);
      const key = JSON.stringify(["seller-2", toolId]);
      await database.nodes[0].query(
        "update garim.version set version = version + 1 where name = 'contracts'",
      );
      await database.nodes[0].query(
        `insert into garim.duty
         select room, $1::text, value, (select version from garim.version where name = 'contracts')
         from garim.duty where room = 'contracts' and key = $2::text`,
        [key, JSON.stringify([sellerId, toolId])],
      );
      await expect(one.follower.refresh()).rejects.toThrow("another key");
      await database.nodes[0].query("delete from garim.duty where key = $1", [key]);
      await one.follower.refresh();
    });

    it("tells nothing from a stale copy", async () => {
      const node = await openTestRegister(database.nodes[0]);
      node.follower.isStale = true;
      const { register } = node;
      for (const ask of [
        () => register.agreement("t"),
        () => register.contract("s", "t"),
        () => register.agreements(),
        () => register.contractsOf("s"),
      ])
        expect(ask).toThrow(expect.objectContaining({ code: "ERR_GARIM_STATE_UNAVAILABLE" }));
    });

    it.each<[string, object, string]>([
      ["an end before it was signed", { endsAt: NOON - 2 * DAY }, "endsAt"],
      ["an end at the moment of signing", { endsAt: NOON - DAY }, "endsAt"],
      ["seconds for milliseconds", { signedAt: NOON / 1_000 }, "signedAt"],
      ["no moment", { signedAt: Number.NaN }, "signedAt"],
      ["a text for a moment", { endsAt: "2027-01-01" }, "endsAt"],
      ["no tasks", { tasks: [] }, "tasks"],
      ["a blank task", { tasks: [" "] }, "tasks"],
      ["a task of two lines", { tasks: ["a\nb"] }, "tasks"],
      ["a list of no list", { subProcessors: "none" }, "subProcessors"],
      ["a country of no country", { subProcessors: [{ name: "A", task: "b", country: "Korea" }] }, "country"],
      ["no seller", { sellerId: "" }, "sellerId"],
      ["no tool", { toolId: undefined }, "toolId"],
      ["no document", { document: "" }, "document"],
    ])("puts no contract on file with %s, and says what is wanted", async (_, more, member) => {
      const before = one.accesses.length;
      const putting = one.register.putContract({ ...someContract(), ...more } as never, KEEPER);
      await expect(putting).rejects.toMatchObject({
        code: "ERR_GARIM_OPTION_INVALID",
        message: expect.stringContaining(member),
      });
      expect(one.accesses).toHaveLength(before);
    });
  });
