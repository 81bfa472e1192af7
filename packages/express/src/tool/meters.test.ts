import { createBudgets, memoryState } from "@garim/auth";
import { describe, expect, it } from "vitest";
import type { JudgedRecord } from "./judge-answer.ts";
import { createMeters, type ToolMeters } from "./meters.ts";
import type { ToolBudgets } from "./options.ts";
import type { ToolVisitor } from "./visitor.ts";

const NOW = 1_790_000_000_000;

/** Two nodes that share what they count. */
function startMeters(budgets: Partial<ToolBudgets>): readonly [ToolMeters, ToolMeters] {
  const clock = (): number => NOW;
  const state = memoryState({ clock });
  const make = () => createMeters(budgets, createBudgets({ state, clock }), clock);
  return [make(), make()];
}

const visitor = (toolId: string, senderKey: string, isProven = true): ToolVisitor =>
  ({ toolId, senderKey, isProven }) as ToolVisitor;

/** A line of a seller's, of a buyer. */
const line = (sellerId: string, buyer: string): JudgedRecord =>
  ({
    share: { sellerId },
    recorded: { subjects: [{ type: "buyer", id: buyer }] },
  }) as unknown as JudgedRecord;

interface Asked {
  readonly who: ToolVisitor;
  readonly ip: string;
  readonly sellerId: string;
}

const SHARED = ["key", "tool", "address", "seller"] as const;
type Shared = (typeof SHARED)[number];

/** Who comes by another key, of another tool, from another address or for another seller, and has one thing in common. */
function askedBy(shared: Shared, i: number): Asked {
  const tool = shared === "tool" ? "t" : `t${i}`;
  const key = shared === "key" ? "k" : `k${i}`;
  const ip = shared === "address" ? "10.0.0.1" : `10.0.0.${i + 2}`;
  return { who: visitor(tool, key), ip, sellerId: shared === "seller" ? "S" : `S${i}` };
}

describe("createMeters", () => {
  it.each(["key", "tool", "address"] as const)(
    "stops at the requests of one %s, over all nodes",
    async (shared) => {
      const nodes = startMeters({ [`${shared}Requests`]: 3 });
      const told: (string | undefined)[] = [];
      for (let i = 0; i < 4; i++) {
        const { who, ip } = askedBy(shared, i);
        told.push((await nodes[i % 2]?.spendRequest(who, ip))?.budget.name);
      }
      expect(told).toEqual([undefined, undefined, undefined, `${shared}-requests`]);
    },
  );

  it.each(SHARED)(
    "stops at the data subjects of one %s, each counted once, over all nodes",
    async (shared) => {
      const nodes = startMeters({ [`${shared}Subjects`]: 3 });
      const told: (string | undefined)[] = [];
      // Each node counts a buyer once: the second of each round is not a new one.
      for (const [i, buyer] of ["a", "b", "a", "b", "c", "d"].entries()) {
        const { who, ip, sellerId } = askedBy(shared, i);
        const over = await nodes[i % 2]?.spendSubjects(who, ip, [line(sellerId, buyer)]);
        told.push(over?.budget.name);
      }
      expect(told).toEqual([...Array(5).fill(undefined), `${shared}-subjects`]);
    },
  );

  it("stops at the answers with lines of one seller, over all nodes, and counts an answer once", async () => {
    const nodes = startMeters({ sellerRequests: 3 });
    const told: (string | undefined)[] = [];
    for (let i = 0; i < 4; i++) {
      const { who, ip } = askedBy("seller", i);
      const lines = [line("S", `a${i}`), line("S", `b${i}`), line(`other-${i}`, "c")];
      told.push((await nodes[i % 2]?.spendSubjects(who, ip, lines))?.budget.name);
    }
    expect(told).toEqual([undefined, undefined, undefined, "seller-requests"]);
  });

  it("counts for the address alone who has a tool's token and not its key", async () => {
    const [node] = startMeters({ keyRequests: 1, toolRequests: 1, addressRequests: 3 });
    for (let i = 0; i < 3; i++)
      expect(await node.spendRequest(visitor("t", "k", false), "10.0.0.1")).toBeUndefined();
    const over = await node.spendRequest(visitor("t", "k", false), "10.0.0.1");
    expect(over?.budget.name).toBe("address-requests");
    expect(await node.spendRequest(visitor("t", "k"), "10.0.0.2")).toBeUndefined();
  });
});
