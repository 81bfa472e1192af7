import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { refuse, sourceOf } from "./decision.ts";
import { decideDisclosure } from "./disclosure.ts";
import { EDITIONS } from "./editions.ts";
import { ALL_KINDS } from "./pii-kind.ts";
import { DEFAULT_EDITION, resolvePolicy } from "./policy.ts";
import { REASONS, type Reason } from "./reason.ts";
import { SOURCES } from "./source.ts";

const T = Date.parse("2026-11-22T09:00:00+09:00");

function released(id: string): unknown {
  return JSON.parse(readFileSync(new URL(`../test/editions/${id}.json`, import.meta.url), "utf8"));
}

describe.each(EDITIONS)("the edition $id", (edition) => {
  it("is as it was released: whoever wants other rules makes a new edition", () => {
    expect(JSON.parse(JSON.stringify(edition))).toEqual(released(edition.id));
  });

  it("cannot be changed by anyone who holds it", () => {
    const parts: unknown[] = [edition];
    for (const part of parts) {
      expect(Object.isFrozen(part)).toBe(true);
      parts.push(...Object.values(part as object).filter((value) => typeof value === "object"));
    }
  });

  it("has defaults inside its bounds, and sources that exist", () => {
    for (const rule of Object.values(edition.numbers)) {
      expect(rule.least <= rule.default && rule.default <= rule.most).toBe(true);
      expect(SOURCES).toHaveProperty([rule.source]);
    }
  });

  it("calls a number a law's or the code's only where its source is one", () => {
    for (const { number, source } of Object.values(edition.numbers))
      if (number !== "ours") expect(SOURCES[source].basis).toBe(number);
  });

  it("owes every decision a source", () => {
    for (const reason of Object.keys(REASONS) as Reason[])
      expect(SOURCES).toHaveProperty([refuse(reason, edition).source]);
  });
});

describe("kr-2022-07-13", () => {
  const policy = resolvePolicy({ edition: "kr-2022-07-13" });

  it("cites nothing that is younger than the code", () => {
    const { numbers } = policy.edition;
    const cited = [
      ...Object.values(numbers).map((rule) => rule.source),
      ...(Object.keys(REASONS) as Reason[]).map((reason) => sourceOf(reason, policy.edition)),
    ];
    expect(cited.filter((source) => /^(notice-2026|toolcode)/.test(source))).toEqual([]);
  });

  it("[code-2022/idle code-2022/second-factor pipa/29] says so in its decisions", () => {
    expect(refuse("session-idle", policy.edition).source).toBe("code-2022/idle");
    expect(refuse("log-in-again", policy.edition).source).toBe("code-2022/idle");
    expect(refuse("not-logged-in", policy.edition).source).toBe("code-2022/second-factor");
    expect(refuse("account-locked", policy.edition).source).toBe("pipa/29");
    expect(refuse("session-idle").source).toBe("notice-2026-9/6-4");
  });

  it("[code-2022/mask] masks at once, and knows no claim", () => {
    const claim = { type: "return", openedBy: "buyer", openedAt: T, closedAt: null } as const;
    const line = { paidAt: T, deliveredAt: null, purposeEndedAt: T + 1, claims: [claim] };
    const facts = { lines: [line], surface: "view", allowed: ALL_KINDS, secondFactorAt: T } as const;
    expect(decideDisclosure(facts, T, policy).kind).toBe("reveal");
    expect(decideDisclosure(facts, T + 1, policy)).toMatchObject({ kind: "mask", reason: "purpose-ended" });
  });

  it("takes no claim days of a deployment either", () => {
    expect(() => resolvePolicy({ edition: "kr-2022-07-13", claimDays: 1 })).toThrow("allows 0 to 0");
  });
});

describe("EDITIONS", () => {
  it("has the default first, and each once", () => {
    expect(EDITIONS.map((edition) => edition.id)).toEqual([DEFAULT_EDITION, "kr-2022-07-13"]);
  });
});
