import { type Reason, resolvePolicy, type StepUpClass } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { challengeHeader, challengeOf } from "./challenge.ts";

const policy = resolvePolicy({ downloadFreshMinutes: 20 });

describe("challengeOf", () => {
  it.each<[Reason, StepUpClass, number]>([
    ["second-factor-missing", "view", 720],
    ["second-factor-unenrolled", "view", 720],
    ["second-factor-stale", "download", 20],
    ["second-factor-stale", "manage", 5],
    ["second-factor-network", "view", 60],
    ["second-factor-network", "manage", 5],
    ["second-factor-device", "view", 0],
    ["second-factor-signal", "download", 0],
  ])(
    "[RFC 9470] asks after %s for a proof as young as %s wants it: %i minutes",
    (reason, action, minutes) => {
      expect(challengeOf(reason, action, policy)?.max_age).toBe(minutes * 60);
    },
  );

  it.each<Reason>(["log-in-again", "account-locked", "role-lacks-action", "second-factor-wrong"])(
    "asks for nothing after %s, which no fresh factor lifts",
    (reason) => {
      expect(challengeOf(reason, "view", policy)).toBeUndefined();
    },
  );
});

describe("challengeHeader", () => {
  it("[RFC 9470] names error, means and age", () => {
    const challenge = challengeOf("second-factor-stale", "manage", policy);
    expect(challenge && challengeHeader(challenge)).toBe(
      'Bearer error="insufficient_user_authentication", acr_values="http://schemas.openid.net/pape/policies/2007/06/multi-factor", max_age="300"',
    );
  });
});
