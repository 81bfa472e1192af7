import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { handClock, NOON, race } from "../../test/people.ts";
import { slowState } from "../../test/proofs.ts";
import { memoryState } from "../state/memory.ts";
import type { Budget } from "./budget.ts";
import { createBudgets } from "./budgets.ts";

const REQUESTS: Budget = { name: "requests", limit: 100, windowMs: 60_000 };

describe("budgets.spend", () => {
  it("[V1] lets exactly as much through as there is, on two nodes at once with a slow store", async () => {
    const clock = handClock();
    const state = slowState(clock);
    const [one, other] = [createBudgets({ state, clock }), createBudgets({ state, clock })];
    const answers = await race(300, (i) => (i % 2 === 0 ? one : other).spend(REQUESTS, "tool-1", 1));
    expect(answers.filter(Boolean)).toHaveLength(100);
  });

  it("never lets more through, whatever is asked for in whatever order", async () => {
    const asks = fc.array(fc.record({ node: fc.nat(2), units: fc.integer({ min: 1, max: 40 }) }), {
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(asks, fc.integer({ min: 1, max: 120 }), async (list, limit) => {
        const clock = handClock();
        const state = memoryState({ clock });
        const nodes = [0, 1, 2].map(() => createBudgets({ state, clock }));
        const budget = { ...REQUESTS, limit };
        const spent = await Promise.all(
          list.map(async ({ node, units }) => ((await nodes[node]?.spend(budget, "k", units)) ? units : 0)),
        );
        expect(spent.reduce((sum, units) => sum + units, 0)).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 100 },
    );
  });

  it("begins anew with the window, and keeps keys and names apart", async () => {
    const clock = handClock(NOON + 59_999);
    const budgets = createBudgets({ state: memoryState({ clock }), clock });
    expect(await budgets.spend(REQUESTS, "a", 100)).toBe(true);
    expect(await budgets.spend(REQUESTS, "a", 1)).toBe(false);
    expect(await budgets.spend(REQUESTS, "b", 1)).toBe(true);
    expect(await budgets.spend({ ...REQUESTS, name: "others" }, "a", 1)).toBe(true);
    clock.now = NOON + 60_000;
    expect(await budgets.spend(REQUESTS, "a", 1)).toBe(true);
  });

  it("gives nobody a window's budget twice whose clock goes back", async () => {
    const clock = handClock(NOON);
    const budgets = createBudgets({ state: memoryState({ clock }), clock });
    expect(await budgets.spend(REQUESTS, "a", 100)).toBe(true);
    clock.now = NOON - 60_000;
    expect(await budgets.spend(REQUESTS, "a", 1)).toBe(false);
  });

  it("spends nothing where there is not enough, and leaves the rest to who wants less", async () => {
    const clock = handClock();
    const budgets = createBudgets({ state: memoryState({ clock }), clock });
    expect(await budgets.spend(REQUESTS, "a", 90)).toBe(true);
    expect(await budgets.spend(REQUESTS, "a", 11)).toBe(false);
    expect(budgets.left(REQUESTS, "a")).toEqual({ budget: REQUESTS, remaining: 10, resetMs: 60_000 });
    expect(await budgets.spend(REQUESTS, "a", 10)).toBe(true);
  });

  it("asks the store for a part, not for each unit", async () => {
    const clock = handClock();
    const store = memoryState({ clock });
    let writes = 0;
    const state = {
      ...store,
      write: (...all: Parameters<typeof store.write>) => {
        writes++;
        return store.write(...all);
      },
    };
    const budgets = createBudgets({ state, clock });
    for (let i = 0; i < 100; i++) await budgets.spend(REQUESTS, "a", 1);
    expect(writes).toBe(20);
  });

  it("[T5] gives nothing while nobody can tell", async () => {
    const clock = handClock();
    const state = memoryState({ clock, max: 1 });
    await state.write("full", "", null, null);
    await expect(createBudgets({ state, clock }).spend(REQUESTS, "a", 1)).rejects.toMatchObject({
      code: "ERR_GARIM_STATE_UNAVAILABLE",
    });
  });
});
