import { hash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { AUTH_DEFAULTS } from "../defaults.ts";
import { changeState } from "../state/change.ts";
import { type StateStore, stateUnavailable } from "../state/store.ts";
import type { Budget, Budgets } from "./budget.ts";

export interface BudgetsOptions {
  readonly state: StateStore;
  /** UTC milliseconds; the system's clock if left out. */
  readonly clock?: () => number;
  /** Budgets this node holds a part of; what is pushed out is lost to its window. */
  readonly entries?: number;
}

/** What this node has of one budget in one window. */
interface Lease {
  readonly window: number;
  /** Reserved and not yet spent. */
  held: number;
  /** What the window still had at the last look, beside what is held. */
  rest: number;
  reserving: Promise<void> | undefined;
}

const ENTRIES = 20_000;
/** A larger part asks the store less often, and loses more. */
const PARTS = 20;

/** Makes a node's side of the shared budgets. */
export function createBudgets({ state, clock = Date.now, entries = ENTRIES }: BudgetsOptions): Budgets {
  const leases = new LRUCache<string, Lease>({ max: entries });

  function leaseOf(budget: Budget, name: string): Lease {
    const window = Math.floor(clock() / budget.windowMs);
    const known = leases.get(name);
    // A clock that went back stays in the later window: nobody gets the earlier one's budget twice.
    if (known !== undefined && known.window >= window) return known;
    const lease: Lease = { window, held: 0, rest: budget.limit, reserving: undefined };
    leases.set(name, lease);
    return lease;
  }

  async function reserve(
    { limit, windowMs }: Budget,
    name: string,
    lease: Lease,
    units: number,
  ): Promise<void> {
    const wanted = Math.max(units - lease.held, Math.ceil(limit / PARTS));
    const expiresAt = (lease.window + 1) * windowMs + AUTH_DEFAULTS.clockSkewMs;
    const stored = `v1/budget/${hash("sha256", name, "base64url")}:${lease.window}`;
    const { got, taken } = await changeState(state, stored, (entry) => {
      const before = readCount(entry?.value);
      const got = Math.max(0, Math.min(wanted, limit - before));
      const taken = before + got;
      return { got, taken, next: got === 0 ? null : { value: String(taken), expiresAt } };
    });
    lease.held += got;
    lease.rest = limit - taken;
  }

  return {
    async spend(budget, key, units) {
      const name = nameOf(budget, key);
      for (;;) {
        const lease = leaseOf(budget, name);
        if (units <= lease.held) {
          lease.held -= units;
          return true;
        }
        if (units > lease.held + lease.rest) return false;
        lease.reserving ??= reserve(budget, name, lease, units).finally(() => {
          lease.reserving = undefined;
        });
        await lease.reserving;
      }
    },
    left(budget, key) {
      const { window, held, rest } = leaseOf(budget, nameOf(budget, key));
      const resetMs = Math.max(0, (window + 1) * budget.windowMs - clock());
      return { budget, remaining: Math.max(0, held + rest), resetMs };
    },
  };
}

/** Whose budget it is, on this node; what is stored is its hash. */
function nameOf({ name }: Budget, key: string): string {
  return `${name}:${key}`;
}

/** A count nobody wrote is no count. */
function readCount(value: string | undefined): number {
  const count = value === undefined ? 0 : Number(value);
  if (Number.isSafeInteger(count) && count >= 0) return count;
  throw stateUnavailable(
    "A budget in the state store is not a count. Remove the keys garim:v1/budget/* and look who wrote them.",
  );
}
