import { DAY, HOUR } from "@garim/policy";
import { askRowAgain, type DutyDatabase } from "../store/database.ts";
import { CLAIM, SETTLE, SWEEP } from "./clock-sql.ts";

/** How long a name is one node's: a node that dies with it is made up for by another. */
const HELD_MS = HOUR;
/** A day, and less by half an hour, so that what is asked for each hour keeps its hour. */
export const EACH_DAY: number = DAY - HOUR / 2;
const KEPT_DAYS = 400;
const SWEPT_AT_ONCE = 1_000;

/** Who does what, of any number of nodes: each name is one node's at a time. Moments are UTC milliseconds. */
export interface Claims {
  /** Which of the names are this node's now, for an hour. */
  take(names: readonly string[], now: number): Promise<readonly string[]>;
  /** Keeps them for another hour. */
  hold(names: readonly string[], now: number): Promise<void>;
  /** It is done: nobody takes them before then. */
  settle(names: readonly string[], againAt: number): Promise<void>;
  /** It is not done: whoever comes next takes them. */
  giveBack(names: readonly string[], now: number): Promise<void>;
}

export function createClaims(database: DutyDatabase): Claims {
  async function settle(names: readonly string[], againAt: number): Promise<void> {
    await askRowAgain(database, SETTLE, [againAt, JSON.stringify(names)]);
  }

  return {
    async take(names, now) {
      if (names.length === 0) return [];
      const values = [now, now + HELD_MS, JSON.stringify(names)];
      const { found } = await askRowAgain(database, CLAIM, values);
      // They are taken already; a sweep that fails is made up for by a later one.
      await askRowAgain(database, SWEEP, [now - KEPT_DAYS * DAY, SWEPT_AT_ONCE]).catch(() => undefined);
      return JSON.parse(String(found));
    },
    hold: (names, now) => settle(names, now + HELD_MS),
    settle,
    giveBack: settle,
  };
}
