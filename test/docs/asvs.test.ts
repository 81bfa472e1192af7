import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TOP } from "../workspace.ts";
import {
  findUnaccounted,
  findUnknown,
  findUnreasoned,
  type Requirement,
  readRequirements,
  requirementRows,
  writeAccount,
} from "./asvs.ts";
import { type Row, readRows } from "./table.ts";
import { readTaggedTests } from "./tagged-test.ts";

const SECURITY = ".github/SECURITY.md";

const requirements: readonly Requirement[] = ["V6.1.1", "V6.1.2", "V7.1.1"].map((id) => ({
  id,
  level: 1,
  text: "…",
}));

function rowsOf(...lines: readonly string[]): readonly Row[] {
  const text = ["| id | requirement | who meets it | reason |", "|---|---|---|---|", ...lines].join("\n");
  return requirementRows(readRows({ path: "S.md", text }));
}

const one = new Map([["V6.1.1", ["a.test.ts"]]]);

describe("findUnknown", () => {
  it("finds ids nobody knows in names of tests and in rows, and leaves other tags alone", () => {
    const tagged = new Map([...one, ["V6.9.9", ["b.test.ts"]], ["T2", ["b.test.ts"]], ["V1", ["b.test.ts"]]]);
    expect(findUnknown(requirements, tagged, rowsOf("| V7.9.9 | x | host | y |"))).toEqual([
      "b.test.ts: V6.9.9 is none of the requirements",
      "S.md:3: V7.9.9 is none of the requirements",
    ]);
  });
});

describe("findUnaccounted", () => {
  it("is content with each either in a test's name or in a row", () => {
    const rows = rowsOf("| V6.1.2 | x | host | y |", "| V7.1.1 | x | document | y |");
    expect(findUnaccounted(requirements, one, rows)).toEqual([]);
  });

  it("finds what is in neither, in both, and twice in the table", () => {
    const rows = rowsOf(
      "| V6.1.1 | x | host | y |",
      "| V6.1.2 | x | host | y |",
      "| V6.1.2 | x | host | y |",
    );
    expect(findUnaccounted(requirements, one, rows)).toEqual([
      "V6.1.1 is excused, but shown by a.test.ts",
      "V6.1.2 is excused more than once",
      "V7.1.1 (…) is in no test's name, and in no row of SECURITY.md",
    ]);
  });
});

describe("findUnreasoned", () => {
  it.each(["| V6.1.1 | x | host | |", "| V6.1.1 | x | nobody | y |", "| V6.1.1 | x |"])(
    "finds %s",
    (line) => {
      expect(findUnreasoned(rowsOf(line))).toHaveLength(1);
    },
  );

  it.each(["host", "document", "not met"])("takes %s with a reason", (keeper) => {
    expect(findUnreasoned(rowsOf(`| V6.1.1 | x | ${keeper} | y |`))).toEqual([]);
  });
});

describe("the requirements of this workspace", () => {
  const all = readRequirements();
  const tagged = readTaggedTests();
  const text = readFileSync(join(TOP, SECURITY), "utf8");
  const rows = requirementRows(readRows({ path: SECURITY, text }));

  it("are cited by ids there are", () => {
    expect(findUnknown(all, tagged, rows)).toEqual([]);
  });

  it("are each shown by a test, or excused with a reason", () => {
    expect(all).toHaveLength(161);
    expect(findUnaccounted(all, tagged, rows)).toEqual([]);
    expect(findUnreasoned(rows)).toEqual([]);
  });

  it("are accounted for in ASVS.md", async () => {
    const remedy = "tests or SECURITY.md changed; if that is meant, run: npm test -- test/docs -u";
    await expect(writeAccount(all, tagged, rows), remedy).toMatchFileSnapshot("ASVS.md");
  });
});
