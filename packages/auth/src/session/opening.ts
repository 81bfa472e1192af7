import { type Policy, type Refuse, refuse } from "@garim/policy";
import type { SessionBook } from "./book.ts";
import { decideCheck } from "./check.ts";
import type { Ending } from "./ending.ts";
import { type Joined, joinRoster } from "./join.ts";
import type { CheckFacts } from "./outcome.ts";
import { isListed } from "./roster.ts";
import type { Checked } from "./session.ts";
import type { Standings } from "./standings.ts";

/** Settles in the store what a remembered record cannot answer. */
export interface Opening {
  settle(facts: CheckFacts): Promise<Checked>;
}

interface Parts {
  readonly book: SessionBook;
  readonly standings: Standings;
  readonly ending: Ending;
  readonly policy: Policy;
}

export function createOpening({ book, standings, ending, policy }: Parts): Opening {
  async function settle(facts: CheckFacts): Promise<Checked> {
    const { login } = facts;
    const outcome = await book.change(login, (stored) => decideCheck(stored, facts, policy));
    if (outcome.joins) return open(facts);
    await ending.tidy(login, outcome.ended);
    return outcome.answer;
  }

  /**
   * Opens a session in an order that leaves no gap: it joins the roster, is stored, and lives only if it still stands there. Whatever
   * ends all in between either finds it in the roster, or is found.
   */
  async function open(facts: CheckFacts): Promise<Checked> {
    const { login } = facts;
    const use = await standings.use(login.worker);
    if (use.kind === "refuse") return use;
    const joined = await join(facts);
    if (joined.kind === "refuse") return joined;
    const { joins, answer, ended } = await book.change(login, (stored) => decideCheck(stored, facts, policy));
    await ending.tidy(login, ended);
    const isIn = !joins && isListed(await book.readRoster(login.worker), login.key);
    return isIn ? answer : refuse("log-in-again", policy.edition);
  }

  async function join({ login, roles, now }: CheckFacts): Promise<Joined | Refuse> {
    const { joined } = await book.changeRoster(login.worker, (roster) => {
      const joined = joinRoster(roster, login, roles, now, policy);
      return { joined, roster: joined.kind === "joined" && joined.roster !== roster ? joined.roster : null };
    });
    if (joined.kind === "joined") await ending.mark(login.worker, joined.dropped, joined.reason);
    return joined;
  }

  return { settle };
}
