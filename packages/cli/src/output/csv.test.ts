import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvLine } from "./csv.ts";

/** Reads one line of CSV by RFC 4180, as a sheet would. */
function parseLine(line: string): readonly string[] {
  const cells = [...`,${line.slice(0, -2)}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^",]*))/g)];
  return cells.map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? "");
}

describe("csvLine", () => {
  it.each([
    [["가나", 7, -7, true, null], "가나,7,-7,true,\r\n"],
    [['a"b', "a,b", "a\nb"], '"a""b","a,b","a\nb"\r\n'],
    [[" a "], '" a "\r\n'],
    [[], "\r\n"],
  ])("writes %j", (cells, expected) => {
    expect(csvLine(cells)).toBe(expected);
  });

  it.each([
    ["=1+1"],
    ["+82-10-1234-5678"],
    ["-1"],
    ["@SUM(A1)"],
    ["  =1"],
    ["\t=1"],
    ["\r=1"],
    ["\n1"],
    ["＝1"],
    ["＋1"],
    ["－1"],
    ["＠a"],
    ["\u200b=1"],
    ["\ufeff=1"],
    ['=HYPERLINK("http://x","y")'],
    ["|calc"],
    ["%0A"],
  ])("makes %j harmless", (text) => {
    expect(parseLine(csvLine([text]))).toEqual([`'${text}`]);
  });

  it("gives every text back, but for the apostrophe of a guarded one", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 1 }), (texts) => {
        const cells = parseLine(csvLine(texts));
        expect(cells).toHaveLength(texts.length);
        for (const [i, cell] of cells.entries()) expect([texts[i], `'${texts[i]}`]).toContain(cell);
      }),
    );
  });
});
