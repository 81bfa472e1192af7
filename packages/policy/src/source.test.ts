import { describe, expect, it } from "vitest";
import { SOURCES, type SourceId } from "./source.ts";

/** How binding each family of sources is. */
const BASES = {
  "code-2022": "code",
  "toolcode-2022": "code",
  "notice-2026-9": "law",
  pipa: "law",
  "pipa-decree": "law",
  "network-act": "law",
  ecommerce: "law",
  "electronic-finance": "law",
  garim: "ours",
} as const;

describe("SOURCES", () => {
  it.each(Object.keys(SOURCES) as SourceId[])("says how binding %s is", (id) => {
    const family = id.split("/")[0] as keyof typeof BASES;
    // The exception for claims leans on a law that does not give it.
    expect(SOURCES[id].basis).toBe(id === "ecommerce/17-3" ? "ours" : BASES[family]);
    expect(Object.isFrozen(SOURCES[id])).toBe(true);
  });

  it("[garim/absolute garim/closed garim/hold garim/wording ecommerce/17-3] admits what is ours, in both languages", () => {
    for (const { basis, ko, en } of Object.values(SOURCES))
      expect([/^당사/.test(ko), /^Our /.test(en)]).toEqual(Array(2).fill(basis === "ours"));
  });

  it.each([
    ["code-2022/mask", "2022-07-13"],
    ["toolcode-2022/grant", "2022-09-28"],
    ["notice-2026-9/5-1", "2026-10-31"],
    ["notice-2026-9/5-2", "2026-07-01"],
    ["pipa/17", "2026-09-11"],
    ["ecommerce/6", null],
    ["garim/closed", null],
  ] as const)("[pipa/17 notice-2026-9/5-1] says since when %s binds", (id, since) => {
    expect(SOURCES[id].since).toBe(since);
  });
});
