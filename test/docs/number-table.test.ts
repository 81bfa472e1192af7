import { EDITIONS, type Edition } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { findWrongNumbers } from "./number-table.ts";
import { readRows } from "./table.ts";

const edition = EDITIONS[0] as Edition;

function wrong(text: string): readonly string[] {
  return findWrongNumbers(readRows({ path: "README.md", text }), edition);
}

describe("findWrongNumbers", () => {
  it("takes what the edition says", () => {
    const head = "| option | default | least | most | source |\n|---|---|---|---|---|\n";
    expect(wrong(`${head}| \`idleMinutes\` | 30 | 1 | 60 | notice-2026-9/6-4 |`)).toEqual([]);
    expect(wrong("| 옵션 | 기본값 | 최대 |\n|---|---|---|\n| `lockMinutes` | 15 | 1,440 |")).toEqual([]);
  });

  it("finds another number", () => {
    expect(wrong("| option | default |\n|---|---|\n| `idleMinutes` | 60 |")).toEqual([
      "README.md:3: idleMinutes has default 60, the edition 30",
    ]);
  });

  it("does not let a row escape by its headings", () => {
    expect(wrong("| option | usual |\n|---|---|\n| `idleMinutes` | 60 |")).toHaveLength(1);
  });

  it("leaves other tables alone", () => {
    expect(wrong("| a | default |\n|---|---|\n| b | 60 |")).toEqual([]);
  });
});
