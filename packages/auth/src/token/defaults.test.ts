import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TOKEN_DEFAULTS } from "./defaults.ts";

describe("TOKEN_DEFAULTS", () => {
  it("stand in the README's table, each with its value and unit", () => {
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    const [, section = ""] = readme.split(/^## Tokens$/m);
    const [tokens = ""] = section.split(/^## /m);
    const rows = [...tokens.matchAll(/^\| `(\w+)` *\| (\d+) [a-z]+ *\|/gm)];
    expect(Object.fromEntries(rows.map(([, name, value]) => [name, Number(value)]))).toEqual(TOKEN_DEFAULTS);
  });
});
