import { hash } from "node:crypto";
import type { StateStore } from "@garim/auth";

/** What is known of a route, UTC milliseconds: since when it enforces, and when it was observed first. */
export interface RouteHistory {
  readonly guardedAt?: number;
  readonly observedAt?: number;
}

/** What became of a route, over all nodes and restarts. */
export interface RouteHistories {
  /** @returns the history with the first observation in it, and whether this call put it there */
  observe(route: string): Promise<{ readonly history: RouteHistory; readonly isFirst: boolean }>;
  /** Puts down that the route enforces. @returns whether it was observed until now */
  guard(route: string): Promise<boolean>;
}

const TRIES = 5;

/** Keeps histories in the store of the database: what Redis may lose would let a route be observed once more. */
export function createHistories(state: StateStore, clock: () => number): RouteHistories {
  /** @returns what was there before, and what is there now */
  async function change(
    route: string,
    to: (known: RouteHistory) => RouteHistory,
  ): Promise<readonly [before: RouteHistory, after: RouteHistory]> {
    const key = `v1/observe/${hash("sha256", route)}`;
    for (let i = 0; i < TRIES; i++) {
      const entry = await state.read(key);
      const before = readHistory(entry?.value);
      const after = to(before);
      if (after === before) return [before, after];
      if (await state.write(key, JSON.stringify(after), entry?.version ?? null, null)) return [before, after];
    }
    const now = readHistory((await state.read(key))?.value);
    return [now, now];
  }

  return {
    async observe(route) {
      // What was guarded stays so: it is not put down as observed.
      const [before, after] = await change(route, (known) =>
        known.guardedAt === undefined && known.observedAt === undefined ? { observedAt: clock() } : known,
      );
      return { history: after, isFirst: before !== after };
    },
    async guard(route) {
      const [before, after] = await change(route, (known) =>
        known.guardedAt === undefined ? { ...known, guardedAt: clock() } : known,
      );
      return before !== after && before.observedAt !== undefined;
    },
  };
}

/** What cannot be read was written by nobody here: the route counts as guarded. */
function readHistory(text: string | undefined): RouteHistory {
  if (text === undefined) return {};
  try {
    const { guardedAt, observedAt } = JSON.parse(text) as Record<string, unknown>;
    return {
      ...(typeof guardedAt === "number" ? { guardedAt } : {}),
      ...(typeof observedAt === "number" ? { observedAt } : {}),
    };
  } catch {
    return { guardedAt: 0 };
  }
}
