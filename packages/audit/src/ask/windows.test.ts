import { PGlite } from "@electric-sql/pglite";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KEYS } from "../../test/sample.ts";
import { createAccessLog } from "../log.ts";
import { NO_END } from "./search.ts";
import { findEdges, windowsOf } from "./windows.ts";

const EDGES = [
  { first: 2_868_929, micros: "30" },
  { first: 771_777, micros: "20" },
];

describe("windowsOf", () => {
  it.each([
    ["a log of one window", { first: 1, end: NO_END }, [], [{ first: 1, end: NO_END }]],
    [
      "three windows, each with the moments it lies between",
      { first: 1, end: NO_END },
      EDGES,
      [
        { first: 2_868_929, end: NO_END, since: "30" },
        { first: 771_777, end: 2_868_929, since: "20", until: "30" },
        { first: 1, end: 771_777, until: "20" },
      ],
    ],
    [
      "a stretch of time that begins behind an edge",
      { first: 2_000_000, end: 3_000_000 },
      EDGES,
      [
        { first: 2_868_929, end: 3_000_000, since: "30" },
        { first: 2_000_000, end: 2_868_929, until: "30" },
      ],
    ],
    [
      "a stretch of time behind every edge",
      { first: 2_990_000, end: 3_000_000 },
      EDGES,
      [{ first: 2_990_000, end: 3_000_000 }],
    ],
  ] as const)("splits %s", (_, places, edges, ranges) => {
    expect(windowsOf(places, edges)).toEqual(ranges);
  });

  it("gives every place to one range, the last first", () => {
    const anyPlace = fc.integer({ min: 1, max: 5_000_000 });
    fc.assert(
      fc.property(anyPlace, anyPlace, fc.array(anyPlace, { maxLength: 3 }), (one, other, firsts) => {
        const places = { first: Math.min(one, other), end: Math.max(one, other) + 1 };
        const edges = firsts.toSorted((a, b) => b - a).map((first) => ({ first, micros: String(first) }));
        const ranges = windowsOf(places, edges);
        expect(ranges[0]?.end).toBe(places.end);
        expect(ranges.at(-1)?.first).toBe(places.first);
        for (const [i, range] of ranges.entries()) {
          expect(range.first).toBeLessThan(range.end);
          if (i > 0) expect([range.end, range.until]).toEqual([ranges[i - 1]?.first, ranges[i - 1]?.since]);
        }
      }),
    );
  });
});

describe("findEdges", () => {
  const database = new PGlite();
  beforeAll(async () => {
    await (await createAccessLog({ database, keys: KEYS })).close();
    await database.query(`insert into garim.log_batch (no, id, first_seq, size, recorded_at, root)
      select n, gen_random_uuid(), (n - 1) * 100000 + 1, 100000, timestamptz '2031-01-30Z' + n * interval '12 hours',
        decode(repeat('00', 32), 'hex')
      from generate_series(1, 30) as n`);
  });
  afterAll(() => database.close());

  const micros = (batch: number): string =>
    String(1_000 * (Date.parse("2031-01-30T00:00:00Z") + batch * 43_200_000));

  it.each([
    ["the end of the log", NO_END, [29, 4]],
    ["a place in it, two days into February", 2_900_000, [28, 4]],
    ["a place in it, on the last of January", 2_400_000, [23, 1]],
    ["a place that leaves room for one window", 2_200_000, [21]],
    ["a place in the first window", 131_072, []],
  ])(
    "finds the batches that windows before %s begin with, the last one that of its month",
    async (_, end, batches) => {
      expect(await findEdges(database, { first: 1, end })).toEqual(
        batches.map((no) => ({ first: (no - 1) * 100_000 + 1, micros: micros(no) })),
      );
    },
  );
});
