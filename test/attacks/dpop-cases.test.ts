import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const PAGE = new URL("DPOP.md", import.meta.url);
const rows = readFileSync(PAGE, "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| public case"));

/** What a row says is asked where: a file, and texts in it. */
function askedIn(row: string): readonly (readonly [path: string, text: string])[] {
  const [, , , here = ""] = row.split(/ ?\| ?/);
  return [...here.matchAll(/\]\(([^)]+)\): ((?:"(?:[^"\\]|\\.)*"(?:, )?)+)/g)].flatMap(
    ([, path = "", texts = ""]) =>
      [...texts.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(
        ([, text = ""]) => [path, text.replaceAll('\\"', '"')] as const,
      ),
  );
}

describe("[J5] the list of public DPoP cases", () => {
  it("has a test of ours for each", () => {
    expect(rows.length).toBeGreaterThan(25);
    for (const row of rows) expect([row, askedIn(row).length > 0]).toEqual([row, true]);
  });

  it("names tests that are there", () => {
    const gone = rows
      .flatMap(askedIn)
      .filter(([path, text]) => !readFileSync(new URL(path, PAGE), "utf8").includes(text));
    expect(gone).toEqual([]);
  });
});
