import { type Policy, resolvePolicy } from "@garim/policy";
import { type Joined, joinRoster } from "../src/session/join.ts";
import { type Login, makeLogin, readLogin } from "../src/session/login.ts";
import { EMPTY_ROSTER, type Roster } from "../src/session/roster.ts";
import type { Worker } from "../src/worker.ts";
import { NOON, someStaff } from "./people.ts";

export const policy: Policy = resolvePolicy();

/** Whose roster it is. */
export const worker: Worker = readLogin(someStaff()).worker;

export function loginAt(authenticatedAt: number): Login {
  return makeLogin(worker, authenticatedAt);
}

/** The roster once a log-in joined it. */
export function join(roster: Roster, login: Login, roles = "shipper", now: number = NOON): Joined {
  const joined = joinRoster(roster, login, roles, now, policy);
  if (joined.kind === "joined") return joined;
  throw new Error(joined.reason);
}

export function keysOf({ sessions }: Roster): readonly string[] {
  return sessions.map(({ key }) => key);
}

/** A roster in which log-ins stand, one a millisecond. */
export function rosterOf(count: number): Roster {
  let roster = EMPTY_ROSTER;
  for (let index = 0; index < count; index++) roster = join(roster, loginAt(NOON + index)).roster;
  return roster;
}
