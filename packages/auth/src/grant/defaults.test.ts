import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { GRANT_DEFAULTS } from "./defaults.ts";
import { TOOL_EVENTS } from "./events/event.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const [, section = ""] = readme.split(/^## Grants and tools$/m);
const [text = ""] = section.split(/^## /m);

describe("GRANT_DEFAULTS", () => {
  it("stand in the README's table, each with its value and unit", () => {
    const rows = [...text.matchAll(/^\| `(\w+)` *\| (\d+) [a-z]+ *\|/gm)];
    expect(Object.fromEntries(rows.map(([, name, value]) => [name, Number(value)]))).toEqual(GRANT_DEFAULTS);
  });
});

describe("TOOL_EVENTS", () => {
  it("stand in the README's table, all of them", () => {
    const rows = [...text.matchAll(/^\| `(\w+\.\w+)` *\|/gm)];
    expect(rows.map(([, name]) => name).toSorted()).toEqual([...TOOL_EVENTS].toSorted());
  });
});
