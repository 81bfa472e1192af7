import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SIGNAL_DEFAULTS } from "./defaults.ts";

describe("SIGNAL_DEFAULTS", () => {
  it("stand in the README's table, each with its value", () => {
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    const rows = [...readme.matchAll(/^\| `(\w+)` *\| (\d+) \S+ *\|/gm)].map(([, name = "", value]) => [
      name,
      Number(value),
    ]);
    const ours = rows.filter(([name = ""]) => name in SIGNAL_DEFAULTS);
    expect(Object.fromEntries(ours)).toEqual(SIGNAL_DEFAULTS);
  });

  it("remember more of a crowd than makes one", () => {
    const { crowd, stuffingAccounts, sharedSellers } = SIGNAL_DEFAULTS;
    expect(crowd).toBeGreaterThan(Math.max(stuffingAccounts, sharedSellers));
  });
});
