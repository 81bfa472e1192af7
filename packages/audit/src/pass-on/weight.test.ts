import { describe, expect, it } from "vitest";
import { sampleEntry } from "../../test/entry.ts";
import { sampleLine, sampleOrder } from "../../test/sample.ts";
import { weighEntry } from "./weight.ts";

describe("weighEntry", () => {
  it.each([0, 1, 20, 100])(
    "is at least the JSON of a page of %i orders, and not many times as much",
    (size) => {
      const entry = sampleEntry(1, size);
      const jsonBytes = Buffer.byteLength(JSON.stringify(entry));
      expect(weighEntry(entry)).toBeGreaterThanOrEqual(jsonBytes);
      expect(weighEntry(entry)).toBeLessThan(4 * jsonBytes);
    },
  );

  it("counts lines and claims", () => {
    const claim = { type: "return", openedBy: "buyer", openedAt: 1, closedAt: null } as const;
    const line = { ...sampleLine(0), claims: [claim, claim] };
    const weigh = (lines: readonly (typeof line)[]) =>
      weighEntry(sampleEntry(1, 0, { records: [{ ...sampleOrder(0), subjects: [], lines }] }));
    expect(weigh([line, line]) - weigh([line])).toBeGreaterThan(JSON.stringify(line).length);
  });
});
