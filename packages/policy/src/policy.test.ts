import { describe, expect, it } from "vitest";
import { EDITIONS, type PolicyNumbers } from "./edition.ts";
import { kindSet, NO_KINDS } from "./pii-kind.ts";
import { kindsOfRoles, type PolicyOptions, resolvePolicy } from "./policy.ts";

describe("resolvePolicy", () => {
  it("gives the newest edition's defaults", () => {
    const policy = resolvePolicy();
    expect(policy.edition.id).toBe("kr-2026-10-31");
    expect(policy).toMatchObject({
      idleMinutes: 30,
      absoluteHours: 12,
      downloadDays: 90,
      claimDays: 14,
      overrides: {},
    });
    expect(Object.isFrozen(policy)).toBe(true);
  });

  it("takes stricter numbers and keeps what differs, so that decisions replay", () => {
    const policy = resolvePolicy({ idleMinutes: 10, claimDays: 14 });
    expect(policy.overrides).toEqual({ idleMinutes: 10 });
    expect(resolvePolicy({ edition: policy.edition.id, ...policy.overrides })).toEqual(policy);
  });

  it.each(Object.entries(EDITIONS[0]?.numbers ?? {}))(
    "refuses a laxer %s, naming bound and source",
    (name, rule) => {
      const lax = (value: number) => () => resolvePolicy({ [name]: value } as PolicyOptions);
      expect(lax(rule.most + 1)).toThrow(
        new RegExp(`policy.${name} .* ${rule.source} allows ${rule.least} to ${rule.most}`),
      );
      expect(lax(rule.least - 1)).toThrow(expect.objectContaining({ code: "ERR_GARIM_POLICY_LAX" }));
      expect(resolvePolicy({ [name]: rule.most } as PolicyOptions)[name as keyof PolicyNumbers]).toBe(
        rule.most,
      );
    },
  );

  it.each([
    [{ idleMinute: 20 }, "ERR_GARIM_OPTION_UNKNOWN", "Did you mean idleMinutes?"],
    [{ __proto: 1 }, "ERR_GARIM_OPTION_UNKNOWN", "It takes: edition, idleMinutes"],
    [{ idleMinutes: "20" }, "ERR_GARIM_POLICY_INVALID", "must be a number"],
    [{ idleMinutes: Number.NaN }, "ERR_GARIM_POLICY_INVALID", "must be a number"],
    [{ edition: "kr-2026-10-13" }, "ERR_GARIM_EDITION_UNKNOWN", 'edition: "kr-2026-10-31"'],
  ])("refuses %j and says what to write", (options, code, words) => {
    const resolve = () => resolvePolicy(options as PolicyOptions);
    expect(resolve).toThrow(expect.objectContaining({ code }));
    expect(resolve).toThrow(words);
  });
});

describe("kindsOfRoles", () => {
  it("[notice-2026-9/5-1] adds up roles, and grants nothing for unknown ones", () => {
    const policy = resolvePolicy();
    expect(kindsOfRoles(["viewer"], policy)).toBe(kindSet(["name", "company"]));
    expect(kindsOfRoles(["viewer", "claims"], policy) & kindSet(["email"])).not.toBe(NO_KINDS);
    expect(kindsOfRoles(["shipper"], policy) & kindSet(["email"])).toBe(NO_KINDS);
    expect(kindsOfRoles(["boss", "toString", "__proto__"], policy)).toBe(NO_KINDS);
  });
});
