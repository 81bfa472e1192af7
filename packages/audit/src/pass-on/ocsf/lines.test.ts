import { describe, expect, it } from "vitest";
import { sampleEntry } from "../../../test/entry.ts";
import type { AccessAction } from "../../access.ts";
import { ocsfArray, ocsfLines } from "./lines.ts";
import { ocsfOf } from "./ocsf.ts";

const RECORDS = [sampleEntry(1, 2, { purpose: "a\nb\u2028" }), sampleEntry(2)];

describe("ocsfLines", () => {
  it("writes an event a line, each ended, whatever a text holds", () => {
    const lines = ocsfLines(RECORDS);
    expect(lines.endsWith("}\n")).toBe(true);
    expect(
      lines
        .slice(0, -1)
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual(RECORDS.map(ocsfOf));
  });
});

describe("ocsfArray", () => {
  it.each([0, 1, 2])("writes %i events as one array", (count) => {
    expect(JSON.parse(ocsfArray(RECORDS.slice(0, count)))).toEqual(RECORDS.slice(0, count).map(ocsfOf));
  });
});

describe.each([ocsfLines, ocsfArray])("%o", (write) => {
  it("refuses for good what cannot be written, so that it does not come again for ever", () => {
    const unknown = sampleEntry(41, 0, { action: "fly" as AccessAction });
    expect(() => write([unknown])).toThrow(expect.objectContaining({ code: "ERR_GARIM_SINK_REFUSED" }));
    expect(() => write([unknown])).toThrow("seq 41");
  });
});
