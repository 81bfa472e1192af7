import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { STYLE } from "./style.ts";

const CONSOLE = new URL("../../../console/page/style/style.css", import.meta.url);

/** Variables and their values, by name; a value may go over several lines. */
function variablesOf(css: string): ReadonlyMap<string, string> {
  const found = css.matchAll(/(--garim-[\w-]+):\s*([^;]+);/g);
  return new Map([...found].map(([, name = "", value = ""]) => [name, value.trim()]));
}

describe("STYLE", () => {
  it("has the colours, letters and corners of the console's pages", () => {
    const theirs = variablesOf(readFileSync(CONSOLE, "utf8"));
    const ours = variablesOf(STYLE);
    expect(ours.size).toBeGreaterThan(8);
    for (const [name, value] of ours) expect([name, theirs.get(name)]).toEqual([name, value]);
  });

  it("uses no variable that it does not set", () => {
    const used = [...STYLE.matchAll(/var\((--[\w-]+)\)/g)].map(([, name = ""]) => name);
    expect(used.filter((name) => !variablesOf(STYLE).has(name))).toEqual([]);
  });
});
