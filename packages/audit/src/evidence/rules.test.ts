import { readFileSync } from "node:fs";
import { SOURCES } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { EVIDENCE_RULES } from "./rules.ts";

/** The table that is written from the rules' own tests: rule, sources, what decides or keeps it. */
const table = readFileSync(new URL("../../../../test/regulation/RULES.md", import.meta.url), "utf8");

describe("EVIDENCE_RULES", () => {
  it("are the rules that the tests of the regulation are found by, in their order", () => {
    const rows = [...table.matchAll(/^\| ([^|]+) \| ([^|]*) \| ([^|]+) \|/gm)].slice(1);
    expect(rows.length).toBeGreaterThan(20);
    const listOf = (cell = ""): readonly string[] =>
      cell.trim() === "" ? [] : cell.replaceAll("`", "").trim().split(", ");
    expect(EVIDENCE_RULES.map(({ rule: { en }, sources, keptBy }) => ({ en, sources, keptBy }))).toEqual(
      rows.map(([, en, sources, keptBy]) => ({ en, sources: listOf(sources), keptBy: listOf(keptBy) })),
    );
  });

  it("name every source, and are said in Korean", () => {
    const named = new Set(EVIDENCE_RULES.flatMap(({ sources }) => sources));
    expect([...named].toSorted()).toEqual(Object.keys(SOURCES).toSorted());
    for (const { rule } of EVIDENCE_RULES) expect(rule.ko).toMatch(/[가-힣]/);
  });
});
