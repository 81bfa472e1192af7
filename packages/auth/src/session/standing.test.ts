import { DAY, resolvePolicy } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { NOON } from "../../test/people.ts";
import {
  decodeStanding,
  dismissStanding,
  encodeStanding,
  reactivateStanding,
  reinstateStanding,
  type Standing,
  useStanding,
} from "./standing.ts";

const policy = resolvePolicy();
const known: Standing = { givenAt: NOON, usedAt: NOON, dismissedAt: null };

function judge(standing: Standing | undefined, now: number): string {
  const { answer } = useStanding(standing, now, policy);
  return answer.kind === "refuse" ? answer.reason : answer.kind;
}

describe("useStanding", () => {
  it("gives the rights by the first use, and counts from each", () => {
    expect(useStanding(undefined, NOON, policy).standing).toEqual(known);
    expect(useStanding(known, NOON + DAY, policy).standing).toEqual({ ...known, usedAt: NOON + DAY });
  });

  it.each([
    ["used, in its last millisecond", known, 90 * DAY - 1, "allow"],
    ["not used for 90 days", known, 90 * DAY, "account-dormant"],
    ["given again", reactivateStanding(known, NOON + 200 * DAY), 290 * DAY - 1, "allow"],
    ["given again and not used", reactivateStanding(undefined, NOON), 90 * DAY, "account-dormant"],
    ["dismissed", dismissStanding(known, NOON), 1, "account-dismissed"],
    ["dismissed before the first use", dismissStanding(undefined, NOON), 1, "account-dismissed"],
    [
      "dismissed and reactivated",
      reactivateStanding(dismissStanding(known, NOON), NOON),
      1,
      "account-dismissed",
    ],
    ["reinstated", reinstateStanding(dismissStanding(known, NOON), NOON + 200 * DAY), 201 * DAY, "allow"],
  ])("[V7.4.2 notice-2026-9/5-2] judges an account %s", (_, standing, after, expected) => {
    expect(judge(standing, NOON + after)).toBe(expected);
  });

  it("changes nothing where it refuses: asking again and again is no use", () => {
    expect(useStanding(known, NOON + 90 * DAY, policy).standing).toBeNull();
  });
});

describe("dismissStanding", () => {
  it("keeps the moment of a dismissal that is said again", () => {
    expect(dismissStanding(dismissStanding(known, NOON), NOON + DAY).dismissedAt).toBe(NOON);
  });
});

describe("decodeStanding", () => {
  it("reads what encodeStanding wrote", () => {
    expect(decodeStanding(encodeStanding(known))).toEqual(known);
  });

  it.each([
    "",
    "null",
    "{}",
    "[]",
    encodeStanding({ ...known, givenAt: Number.NaN }),
    '{"givenAt":1}',
    '{"givenAt":1,"usedAt":null,"dismissedAt":"no"}',
  ])("[T5] serves nothing where %j is stored", (value) => {
    expect(() => decodeStanding(value)).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_STATE_UNAVAILABLE" }),
    );
  });
});
