import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const PAGES = fileURLToPath(new URL("../page", import.meta.url));

/** Numbers that name something, and parts of a time: nobody groups their digits. */
const NAMES = ["seq", "no", "version", "to", "batch", "cursor", "i", "minutes", "seconds"];

const sources = readdirSync(PAGES, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("dist"))
  .map((path) => [path, readFileSync(join(PAGES, path), "utf8").replace(/\/\*\*.*?\*\//gs, "")] as const);

/** Numbers that stand in a text as the machine writes them. */
function findRaw(source: string): readonly string[] {
  const numbers = [...source.matchAll(/\b(\w+): number\b/g)].map(([, name = ""]) => name);
  return [...source.matchAll(/\$\{(\w+)\}/g)]
    .map(([, name = ""]) => name)
    .filter((name) => numbers.includes(name) && !NAMES.includes(name));
}

describe("words of pages", () => {
  it("say numbers as their reader writes them", () => {
    expect(findRaw(["told: (count: number) => `$", "{count} told`"].join(""))).toEqual(["count"]);
    const raw = sources.map(([path, source]) => [path, findRaw(source)] as const);
    expect(raw.filter(([, names]) => names.length > 0)).toEqual([]);
  });
});
