import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TOOL_BUDGETS } from "./defaults.ts";

describe("TOOL_BUDGETS", () => {
  it("stand in the README's table, each with its value", () => {
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    const [, section = ""] = readme.split(/^### Budgets and alerts$/m);
    const [budgets = ""] = section.split(/^## /m);
    const rows = [...budgets.matchAll(/^\| `(\w+)` *\| (\d+) *\|/gm)];
    expect(Object.fromEntries(rows.map(([, name, value]) => [name, Number(value)]))).toEqual(TOOL_BUDGETS);
  });
});
