import { describe, expect, it } from "vitest";
import { layTable, measure } from "./table.ts";

const lay = (rows: readonly (readonly (string | number | null)[])[]) => layTable(rows, measure(rows));

describe("layTable", () => {
  it("counts Hangul two columns wide, and aligns numbers at the right", () => {
    expect(
      lay([
        ["이름", "건수", "끝"],
        ["ab", 7, "x"],
        ["김하늘", 1234, null],
      ]),
    ).toEqual(["이름    건수  끝", "ab         7  x", "김하늘  1234"]);
  });

  it("shows what would steer a terminal as its code", () => {
    expect(lay([["a\u001b[2Jb\r\nc\u202ed", "x"]])).toEqual(["a\\u001b[2Jb\\u000d\\u000ac\\u202ed  x"]);
  });

  it("lets a later row stand out rather than lose text", () => {
    expect(layTable([["long", "x"]], [2, 1])).toEqual(["long  x"]);
  });
});

describe("measure", () => {
  it("knows no column of no row", () => {
    expect(measure([])).toEqual([]);
  });
});
