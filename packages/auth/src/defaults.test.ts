import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { AUTH_DEFAULTS } from "./defaults.ts";

describe("AUTH_DEFAULTS", () => {
  it("stand in the README's table, each with its value", () => {
    const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
    const rows = [...readme.matchAll(/^\| `(\w+)` *\| (\d+) *\|/gm)].map(([, name, value]) => [
      name,
      Number(value),
    ]);
    expect(Object.fromEntries(rows)).toEqual(AUTH_DEFAULTS);
  });
});
