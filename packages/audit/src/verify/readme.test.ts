import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DAMAGE_KINDS } from "./damage.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

describe("README, Verifying", () => {
  it("says what each damage means", () => {
    const part = readme.slice(readme.indexOf("| damage | what was done |"), readme.indexOf("Not shown:"));
    const rows = [...part.matchAll(/^\| `([a-z]+)` \| /gm)].map(([, kind]) => kind);
    expect(rows).toEqual([...DAMAGE_KINDS]);
  });
});
