import { HOUR } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { NOON } from "../../test/people.ts";
import { join, keysOf, loginAt, policy, rosterOf, worker } from "../../test/rosters.ts";
import { joinRoster } from "./join.ts";
import {
  closeRoster,
  decodeRoster,
  EMPTY_ROSTER,
  encodeRoster,
  FOREVER,
  leaveRoster,
  reopenRoster,
  rosterKey,
  whyClosed,
} from "./roster.ts";

describe("leaveRoster", () => {
  it("takes one session out", () => {
    expect(keysOf(leaveRoster(rosterOf(2), loginAt(NOON).key))).toEqual([loginAt(NOON + 1).key]);
  });
});

describe("closeRoster", () => {
  it("[V7.4.2] leaves none, and refuses every log-in up to that millisecond", () => {
    const closed = closeRoster(rosterOf(3), NOON + 10, undefined);
    expect(closed.sessions).toEqual([]);
    expect(joinRoster(closed, loginAt(NOON + 10), "shipper", NOON + 10, policy).kind).toBe("refuse");
    expect(joinRoster(closed, loginAt(NOON + 11), "shipper", NOON + 11, policy).kind).toBe("joined");
  });

  it("[V7.4.3] leaves the one that stays", () => {
    const { key } = loginAt(NOON + 1);
    const closed = closeRoster(rosterOf(3), NOON + 10, key);
    expect(keysOf(closed)).toEqual([key]);
    expect(join(closed, loginAt(NOON + 1)).roster).toBe(closed);
  });

  it("[S7] opens nothing again when the clock goes back", () => {
    const closed = closeRoster(closeRoster(EMPTY_ROSTER, NOON, undefined), NOON - HOUR, undefined);
    expect(closed.closedUntil).toBe(NOON);
  });
});

describe("reopenRoster", () => {
  it("lets only log-ins of after it join again", () => {
    const open = reopenRoster(closeRoster(EMPTY_ROSTER, FOREVER, undefined), NOON);
    expect(joinRoster(open, loginAt(NOON), "shipper", NOON, policy)).toMatchObject({
      reason: "log-in-again",
    });
    expect(keysOf(join(open, loginAt(NOON + 1)).roster)).toHaveLength(1);
  });
});

describe("whyClosed", () => {
  it("[V7.4.2] tells who was dismissed, whatever the log-in claims", () => {
    const closed = closeRoster(EMPTY_ROSTER, FOREVER, undefined);
    expect(whyClosed(closed, loginAt(NOON + HOUR))).toBe("account-dismissed");
    expect(whyClosed(closeRoster(closed, NOON, undefined), loginAt(NOON + HOUR))).toBe("account-dismissed");
  });
});

describe("decodeRoster", () => {
  it("reads what encodeRoster wrote", () => {
    const roster = closeRoster(rosterOf(2), NOON, loginAt(NOON).key);
    expect(decodeRoster(encodeRoster(roster, worker), worker)).toEqual(roster);
  });

  it.each([
    ["another person", { ...worker, id: "lee" }],
    ["the same person at another seller", { ...worker, sellerId: "seller-2" }],
  ])("[B1] refuses that of %s", (_, other) => {
    expect(() => decodeRoster(encodeRoster(rosterOf(1), other), worker)).toThrow(
      "belongs to another person or seller",
    );
  });

  it.each(["", "null", "{}", "[]", '{"sessions":{}}', '{"sessions":[]}'])(
    "[T5] serves nothing where %j is stored",
    (value) => {
      expect(() => decodeRoster(value, worker)).toThrow(
        expect.objectContaining({ code: "ERR_GARIM_STATE_UNAVAILABLE" }),
      );
    },
  );
});

describe("rosterKey", () => {
  it("[B1] keeps sellers apart, and tells nothing of the worker", () => {
    const key = rosterKey(worker);
    expect(key).toMatch(/^v2\/roster\/[0-9a-f]{64}$/);
    expect(rosterKey({ ...worker, sellerId: "seller-2" })).not.toBe(key);
  });
});
