import { describe, expect, it } from "vitest";
import { chooseRows, readArguments } from "./arguments.ts";
import { type KeptResult, makeResult, mergeResults } from "./result.ts";
import { formatTable } from "./table.ts";

const row = (id: string) => ({
  id,
  subject: "masked page",
  against: "JSON.stringify",
  unit: "times as fast",
  target: { atLeast: 2.2 },
  run: async () => 1,
});
const rows = [row("M1"), row("M3")];

describe("readArguments", () => {
  it("takes ids, and --json anywhere", () => {
    expect(readArguments(["M1", "--json", "R2"])).toEqual({ ids: ["M1", "R2"], isJson: true });
    expect(readArguments([])).toEqual({ ids: [], isJson: false });
  });

  it("names the right form on an unknown option", () => {
    expect(() => readArguments(["--jsn"])).toThrow(
      "There is no option --jsn. Write npm run bench -- [ID…] [--json]",
    );
  });
});

describe("chooseRows", () => {
  it("takes what is named, in any case, and every row where nothing is", () => {
    expect(chooseRows(rows, [])).toEqual(rows);
    expect(chooseRows(rows, ["m3"])).toEqual([rows[1]]);
  });

  it("names the known ids", () => {
    expect(() => chooseRows(rows, ["M1", "X9"])).toThrow("There is no row X9. The rows are: M1, M3");
  });
});

describe("mergeResults", () => {
  it("replaces what was measured again and keeps the rest, by id", () => {
    const kept = (id: string, ratio: number): KeptResult => ({
      ...makeResult(row(id), ratio),
      machine: "here",
      date: "2026-11-22",
    });
    const merged = mergeResults([kept("M3", 4), kept("M1", 2)], [kept("M3", 5)]);
    expect(merged.map(({ id, ratio }) => [id, ratio])).toEqual([
      ["M1", 2],
      ["M3", 5],
    ]);
  });
});

describe("makeResult", () => {
  it("is one flat object a row, as --json prints it", () => {
    const { node } = process.versions;
    expect(makeResult(row("M1"), 2.416)).toEqual({
      id: "M1",
      ratio: 2.42,
      target: 2.2,
      subject: "masked page",
      against: "JSON.stringify",
      unit: "times as fast",
      node: `v${node}`,
    });
    expect(makeResult({ ...row("R4"), target: { atMost: 1.15 } }, 1)).toMatchObject({
      target: 1.15,
      isCost: true,
    });
  });
});

describe("formatTable", () => {
  it("says which targets are missed", () => {
    const lines = formatTable([makeResult(row("M1"), 2.416), makeResult(row("M3"), 2.1)]).split("\n");
    expect(lines[0]).toMatch(/^id {2}ratio {2}target {2}/);
    expect(lines[1]).toMatch(/^M1 {2}2\.42 {3}>= 2\.2 {2}reached {2}masked page/);
    expect(lines[2]).toContain("missed");
  });

  it("says of a cost that it is at most what it may be, the bound included", () => {
    const cost = { ...row("R4"), target: { atMost: 1.15 } };
    const lines = formatTable([makeResult(cost, 1.15), makeResult(cost, 1.16)]).split("\n");
    expect(lines[1]).toMatch(/^R4 {2}1\.15 {3}<= 1\.15 {2}reached {2}/);
    expect(lines[2]).toContain("missed");
  });
});
