import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { begin, MemorySpool } from "../test/sample.ts";
import { OPTION_NAMES } from "./check-options.ts";
import { WORKBOOK_LIMITS } from "./limits.ts";
import type { WorkbookOptions } from "./options.ts";

const invalid = (code: string, message: string) =>
  expect.objectContaining({ code: `ERR_GARIM_${code}`, message: expect.stringContaining(message) });
const COLUMN = { key: "a", heading: { ko: "가", en: "A" } };

describe("createWorkbook", () => {
  it.each<[Record<string, unknown>, string, string]>([
    [{ pasword: "" }, "OPTION_UNKNOWN", 'Did you mean "password"?'],
    [{ password: "short" }, "PASSWORD_WEAK", "at least 10"],
    [{ password: undefined }, "OPTION_INVALID", "password"],
    [{ id: "../x" }, "OPTION_INVALID", "id"],
    [{ id: "a".repeat(101) }, "OPTION_INVALID", "id"],
    [{ mark: "홍길동" }, "OPTION_INVALID", "mark"],
    [{ mark: "a&b" }, "OPTION_INVALID", "mark"],
    [{ format: "xls" }, "OPTION_INVALID", "format"],
    [{ language: "jp" }, "OPTION_INVALID", "language"],
    [{ spool: "./exports" }, "OPTION_INVALID", "fileSpool"],
    [{ name: { ko: "a/b", en: "b" } }, "OPTION_INVALID", "name"],
    [{ name: { ko: "가".repeat(25), en: "b" } }, "OPTION_INVALID", "name"],
    [{ columns: [] }, "OPTION_INVALID", "columns"],
    [{ columns: Array(16_385).fill(COLUMN) }, "OPTION_INVALID", "columns"],
    [{ columns: [{ ...COLUMN, type: "money" }] }, "OPTION_INVALID", 'column "a"'],
    [{ columns: [{ ...COLUMN, width: 256 }] }, "OPTION_INVALID", 'width of column "a"'],
    [{ columns: [{ key: "a" }] }, "OPTION_INVALID", 'column "a"'],
    [{ maxRows: 5_000_001 }, "OPTION_INVALID", "maxRows"],
    [{ rowsPerSheet: 1_048_576 }, "OPTION_INVALID", "rowsPerSheet"],
    [{ rowsPerSheet: 0 }, "OPTION_INVALID", "rowsPerSheet"],
    [{ createdAt: 1.5 }, "OPTION_INVALID", "createdAt"],
    [{ expectedRows: -1 }, "OPTION_INVALID", "expectedRows"],
    [{ expectedRows: Number.NaN }, "OPTION_INVALID", "expectedRows"],
    [{ expectedRows: 5_000_001 }, "WORKBOOK_LIMIT", "5000000 rows"],
  ])("refuses %o", (options, code, message) => {
    expect(() => begin(new MemorySpool(), options as Partial<WorkbookOptions>)).toThrow(
      invalid(code, message),
    );
  });

  it("takes the most that is allowed", async () => {
    const writer = begin(new MemorySpool(), {
      id: "a".repeat(100),
      name: { ko: "가".repeat(24), en: "A" },
      columns: [{ ...COLUMN, width: 255 }],
      maxRows: 5_000_000,
      expectedRows: 5_000_000,
      rowsPerSheet: 1_048_575,
    });
    await writer.abort();
    expect(writer.progress).toMatchObject({ state: "aborted", percent: 0 });
  });
});

describe("the README", () => {
  const table = readFileSync(new URL("../README.md", import.meta.url), "utf8")
    .split("## Options")[1]
    ?.split("## Cells")[0];

  it("has every option, and no other", () => {
    const names = [...(table ?? "").matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(names.toSorted()).toEqual(Object.keys(OPTION_NAMES).toSorted());
  });

  it("has the defaults as they are", () => {
    expect(table).toContain(`| \`maxRows\` | ${WORKBOOK_LIMITS.rows} |`);
    expect(table).toContain(`| \`rowsPerSheet\` | ${WORKBOOK_LIMITS.rowsPerSheet} |`);
  });
});
