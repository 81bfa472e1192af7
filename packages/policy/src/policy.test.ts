import { describe, expect, it } from "vitest";
import type { PolicyNumbers } from "./edition.ts";
import { EDITIONS } from "./editions.ts";
import { type PolicyOptions, resolvePolicy } from "./policy.ts";

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

  it("takes a number nobody gave as the default", () => {
    expect(resolvePolicy({ idleMinutes: undefined } as unknown as PolicyOptions)).toEqual(resolvePolicy());
  });

  it("takes stricter numbers and keeps what differs, so that decisions replay", () => {
    const policy = resolvePolicy({ idleMinutes: 10, claimDays: 14 });
    expect(policy.overrides).toEqual({ idleMinutes: 10 });
    expect(resolvePolicy({ edition: policy.edition.id, ...policy.overrides })).toEqual(policy);
  });

  it.each(
    EDITIONS.flatMap(({ id, numbers }) =>
      Object.entries(numbers).map(([name, rule]) => ({ edition: id, name, ...rule })),
    ),
  )("refuses a laxer $name in $edition, naming bound and source", (rule) => {
    const { edition, name, least, most, source } = rule;
    const resolve = (value: number) => resolvePolicy({ edition, [name]: value } as PolicyOptions);
    const bound = new RegExp(`policy.${name} .* ${source} allows ${least} to ${most}`);
    for (const [value, nearestBound] of [
      [most + 1, most],
      [least - 1, least],
    ] as const) {
      expect(() => resolve(value)).toThrow(expect.objectContaining({ code: "ERR_GARIM_POLICY_LAX" }));
      expect(() => resolve(value)).toThrow(bound);
      expect(() => resolve(value)).toThrow(`write ${name}: ${nearestBound} or`);
    }
    for (const value of [least, most]) expect(resolve(value)[name as keyof PolicyNumbers]).toBe(value);
  });

  it.each([
    [{ idleMinute: 20 }, "ERR_GARIM_OPTION_UNKNOWN", "Did you mean idleMinutes?"],
    [{ __proto: 1 }, "ERR_GARIM_OPTION_UNKNOWN", "It takes: edition, idleMinutes"],
    [{ idleMinutes: "20" }, "ERR_GARIM_POLICY_INVALID", "must be a whole number"],
    [{ idleMinutes: Number.NaN }, "ERR_GARIM_POLICY_INVALID", "must be a whole number"],
    [{ triesPerAccount: 1.3 }, "ERR_GARIM_POLICY_INVALID", "whole number; write triesPerAccount: 10"],
    [{ editon: "kr-2026-10-31" }, "ERR_GARIM_OPTION_UNKNOWN", "Did you mean edition?"],
    [{ zzzzzzzzz: 1 }, "ERR_GARIM_OPTION_UNKNOWN", '"zzzzzzzzz". It takes'],
    [{ edition: "kr-2026-10-13" }, "ERR_GARIM_EDITION_UNKNOWN", 'edition: "kr-2026-10-31"'],
    [{ edition: "kr-2022-07-31" }, "ERR_GARIM_EDITION_UNKNOWN", 'edition: "kr-2022-07-13"'],
    [{ edition: 7n }, "ERR_GARIM_EDITION_UNKNOWN", 'edition: "kr-2026-10-31"'],
    [null, "ERR_GARIM_POLICY_INVALID", 'policy: { edition: "kr-2026-10-31" }'],
    ["kr-2026-10-31", "ERR_GARIM_POLICY_INVALID", "must be an object"],
    [["kr-2026-10-31"], "ERR_GARIM_POLICY_INVALID", "must be an object"],
  ])("refuses %o and says what to write", (options, code, words) => {
    const resolve = () => resolvePolicy(options as PolicyOptions);
    expect(resolve).toThrow(expect.objectContaining({ code }));
    expect(resolve).toThrow(words);
  });
});
