import { HOUR } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { NOON } from "../../test/people.ts";
import { join, keysOf, loginAt, policy, rosterOf } from "../../test/rosters.ts";
import { AUTH_DEFAULTS } from "../defaults.ts";
import { joinRoster } from "./join.ts";
import { EMPTY_ROSTER } from "./roster.ts";

describe("joinRoster", () => {
  it("adds a log-in once", () => {
    const { roster, dropped } = join(EMPTY_ROSTER, loginAt(NOON));
    expect(keysOf(roster)).toEqual([loginAt(NOON).key]);
    expect(dropped).toEqual([]);
    expect(join(roster, loginAt(NOON)).roster).toBe(roster);
  });

  it("[V7.1.2] drops the oldest session beyond the limit", () => {
    const full = rosterOf(AUTH_DEFAULTS.sessions);
    const { roster, dropped, reason } = join(full, loginAt(NOON + HOUR));
    expect(roster.sessions).toHaveLength(AUTH_DEFAULTS.sessions);
    expect(dropped.map(({ key }) => key)).toEqual([loginAt(NOON).key]);
    expect(reason).toBe("session-limit");
  });

  it("forgets sessions whose record is gone, and drops none of them", () => {
    const later = NOON + 25 * HOUR;
    const { roster, dropped } = join(rosterOf(AUTH_DEFAULTS.sessions), loginAt(later), "shipper", later);
    expect(keysOf(roster)).toEqual([loginAt(later).key]);
    expect(dropped).toEqual([]);
  });

  it("[V7.4.2 notice-2026-9/5-2] drops all where a later log-in has other roles, and what logged in before it", () => {
    const { roster, dropped, reason } = join(rosterOf(2), loginAt(NOON + 10), "owner", NOON + 20);
    expect(keysOf(roster)).toEqual([loginAt(NOON + 10).key]);
    expect(dropped).toHaveLength(2);
    expect(reason).toBe("roles-changed");
    expect(joinRoster(roster, loginAt(NOON + 10 - 1), "owner", NOON + 20, policy)).toMatchObject({
      reason: "log-in-again",
    });
  });

  it("refuses an earlier log-in with other roles: they are out of date", () => {
    expect(joinRoster(rosterOf(2), loginAt(NOON - 1), "owner", NOON, policy)).toMatchObject({
      reason: "log-in-again",
    });
  });
});
