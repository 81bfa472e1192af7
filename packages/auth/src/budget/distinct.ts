import { hash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Budget, BudgetLeft, Budgets } from "./budget.ts";

/** Counts how many different things were read. */
export interface DistinctBudgets {
  /**
   * Spends a unit for each thing that was not yet counted for the key in this window. Nodes count apart: what is read through two of
   * them counts twice, never less than once.
   *
   * @param things - names; only their hashes are kept, in memory
   * @returns whether there was enough; where not, none of them is counted
   * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where nobody can tell
   */
  spend(budget: Budget, key: string, things: ReadonlySet<string>): Promise<boolean>;
  left(budget: Budget, key: string): BudgetLeft;
}

/** Things remembered by a node, over all keys; more are counted again. */
const MOST_THINGS = 1_000_000;
const MOST_KEYS = 10_000;

interface Seen {
  readonly window: number;
  readonly things: Set<string>;
}

/** Makes budgets of different things on budgets of units. */
export function createDistinctBudgets(budgets: Budgets, clock: () => number = Date.now): DistinctBudgets {
  const seen = new LRUCache<string, Seen>({
    max: MOST_KEYS,
    maxSize: MOST_THINGS,
    sizeCalculation: ({ things }) => Math.max(1, things.size),
  });

  function seenIn({ name, windowMs }: Budget, key: string): Set<string> {
    const window = Math.floor(clock() / windowMs);
    const known = seen.get(`${name}:${key}`);
    return known !== undefined && known.window >= window ? known.things : new Set();
  }

  return {
    async spend(budget, key, things) {
      const known = seenIn(budget, key);
      const fresh = [...things].filter((thing) => !known.has(thing));
      if (fresh.length === 0) return true;
      if (!(await budgets.spend(budget, key, fresh.length))) return false;
      for (const thing of fresh) known.add(thing);
      const window = Math.floor(clock() / budget.windowMs);
      // Set anew, so that its size is counted anew.
      seen.set(`${budget.name}:${key}`, { window, things: known });
      return true;
    },
    left: (budget, key) => budgets.left(budget, key),
  };
}

/** The name of a thing as it is kept: 96 bits of its hash. */
export function thingOf(text: string): string {
  return hash("sha256", text, "base64url").slice(0, 16);
}
