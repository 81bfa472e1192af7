import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TOP } from "../../workspace.ts";
import { applyMutant, MUTANTS, nameMutant } from "./mutant.mjs";
import { countRow, findOpenRows, killersOf, type Results, writeTable } from "./report.mjs";
import { isAbout, ROWS } from "./rows.mjs";
import { readReport } from "./run.mjs";
import { listTestFiles } from "./test-files.mjs";

const read = (path: string): string => readFileSync(join(TOP, path), "utf8");
const results = JSON.parse(read("test/attacks/table/results.json")) as Results;
const files = listTestFiles();

describe("isAbout", () => {
  it.each([
    ["[T1] does", true],
    ["group [S4 T1 V6.3.8] does", true],
    ["[T12] does", false],
    ["T1 does", false],
    ["[S1] [J2] does", false],
  ])("tells by the brackets: %s", (name, is) => {
    expect(isAbout(name, "T1")).toBe(is);
  });
});

describe("applyMutant", () => {
  const [mutant] = MUTANTS.map((one) => ({ ...one, was: "a > b", by: "true" }));

  it("replaces the one place", () => {
    expect(mutant && applyMutant("if (a > b) f();", mutant)).toBe("if (true) f();");
  });

  it.each(["if (a < b) f();", "a > b || a > b"])("changes nothing where it is not there once: %s", (text) => {
    expect(mutant && applyMutant(text, mutant)).toBeUndefined();
  });
});

describe("readReport", () => {
  const ran = readReport(
    JSON.stringify({
      testResults: [
        { assertionResults: [{ fullName: "[T1] does", status: "passed" }] },
        {
          assertionResults: [
            { fullName: "[T1] does more", status: "failed" },
            { fullName: "[T1] is left out", status: "pending" },
            { fullName: "[T2] does", status: "failed" },
          ],
        },
      ],
    }),
  );

  it("counts what a row's tests came to", () => {
    expect(countRow("T1", ran)).toEqual({ passed: 1, failed: 1, skipped: 1 });
  });

  it("takes for a mutant's killers only tests of its row", () => {
    expect(killersOf("T1", ran)).toEqual({ count: 1, killers: ["[T1] does more"] });
    expect(killersOf("S1", ran)).toEqual({ count: 0, killers: [] });
  });
});

describe("findOpenRows", () => {
  const ran = { passed: 1, failed: 0, skipped: 0, files: [], on: "2026-11-22" };
  const full = (): Results => ({
    ...structuredClone(results),
    rows: Object.fromEntries(ROWS.map(({ id }) => [id, { ...ran }])),
  });

  it("finds none where all ran, passed and were noticed", () => {
    expect(findOpenRows(full())).toEqual([]);
  });
  const [first] = ROWS.map(({ id }) => id);

  it.each<
    readonly [string, (one: { rows: Record<string, object>; mutants: Record<string, object> }) => void]
  >([
    ["no test of it ran", (one) => void delete one.rows[String(first)]],
    ["1 of its tests failed", (one) => void Object.assign(one.rows[String(first)] ?? {}, { failed: 1 })],
    [
      "no test of it noticed",
      (one) => {
        for (const mutant of MUTANTS) if (mutant.id === first) delete one.mutants[nameMutant(mutant)];
      },
    ],
  ])("says that %s", (words, spoil) => {
    const spoiled = full();
    spoil(spoiled as never);
    expect(findOpenRows(spoiled).join()).toContain(`${first}: ${words}`);
  });
});

describe("the attacks of this workspace", () => {
  it.each(ROWS.map(({ id }) => id))("%s has tests and a mutant", (id) => {
    expect(files.some(({ text }) => isAbout(text, id))).toBe(true);
    expect(MUTANTS.some((mutant) => mutant.id === id)).toBe(true);
  });

  it.each(MUTANTS.map((mutant) => [mutant.id, mutant.what, mutant] as const))(
    "%s: where %s, its defence stands in the source once, and the tests are about it",
    (id, _, mutant) => {
      const remedy = `${mutant.file} changed: say in test/attacks/table/mutants how the defence is removed now, and run: npm run attacks -- --mutants ${id}`;
      expect(applyMutant(read(mutant.file), mutant), remedy).not.toBe(undefined);
      for (const path of mutant.tests)
        expect(isAbout(read(path), id), `${path} is not about ${id}`).toBe(true);
    },
  );

  it("have no row that does not count: tests that ran and passed, and mutants all noticed, in the runs that were kept", () => {
    expect(findOpenRows(results), "run: npm run attacks").toEqual([]);
  });

  it("stand in RESULTS.md as that run left them", () => {
    expect(read("test/attacks/RESULTS.md"), "run: npm run attacks").toBe(writeTable(results));
  });
});
