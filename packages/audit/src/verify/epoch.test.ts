import { PGlite } from "@electric-sql/pglite";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { queryTexts } from "../database.ts";
import { epochText, msOfEpoch } from "./epoch.ts";

const pglite = new PGlite();
afterAll(() => pglite.close());

async function byDatabase(ms: number): Promise<string> {
  const [row] = await queryTexts(
    pglite,
    "select extract(epoch from to_timestamp($1::text::bigint / 1000.0))::text as epoch",
    [`${ms}`],
  );
  return row?.["epoch"] ?? "";
}

describe("epochText", () => {
  it.each([0, 1, 999, 1_000, 8_589_934_592_000, 8_589_934_592_001, 8_640_000_000_000_000])(
    "writes %i as the database does",
    async (ms) => {
      expect(epochText(ms)).toBe(await byDatabase(ms));
    },
  );

  it("writes any moment as the database does, also where a double is not exact", async () => {
    const someMs = fc.oneof(fc.nat({ max: 4_102_444_800_000 }), fc.nat({ max: 8_640_000_000_000_000 }));
    await fc.assert(
      fc.asyncProperty(someMs, async (ms) => {
        expect(epochText(ms)).toBe(await byDatabase(ms));
      }),
      { numRuns: 300 },
    );
  });
});

describe("msOfEpoch", () => {
  it.each([
    ["1763800000.123000", 1_763_800_000_123],
    ["1763800000.123456", 1_763_800_000_123.456],
    ["0.000000", 0],
    ["Infinity", Number.POSITIVE_INFINITY],
  ])("reads %s", (text, ms) => {
    expect(msOfEpoch(text)).toBe(ms);
  });
});
