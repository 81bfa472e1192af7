import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Aligner, type Expected, type Found } from "./align.ts";
import type { Damage } from "./damage.ts";
import { Findings, type ProvenRecord } from "./findings.ts";
import type { CheckedRow } from "./range.ts";

const expectedOf = (leaves: string): ProvenRecord[] =>
  [...leaves].map((leaf, i) => ({ place: i + 1, leaf, recordedAt: 0 }));

const row = (leaf: string, seq: number): CheckedRow => ({
  seq,
  leaf,
  storedLeaf: leaf,
  recordedAt: 0,
  id: null,
  action: null,
  wrong: [],
});

const rowsOf = (leaves: string): CheckedRow[] => [...leaves].map((leaf, i) => row(leaf, i + 1));

/** The damages of a small log, all of it at once or one record at a time. */
function compare(leaves: string, rows: readonly CheckedRow[], window?: number): readonly Damage[] {
  const findings = new Findings(() => undefined);
  const aligner = new Aligner<ProvenRecord, CheckedRow>(findings, window);
  aligner.push(expectedOf(leaves), rows);
  findings.after(aligner.finish(leaves.length));
  return findings.tell(leaves.length);
}

const short = (damages: readonly Damage[]): readonly string[] =>
  damages.map(({ kind, seq, last }) => (seq === last ? `${kind} ${seq}` : `${kind} ${seq}-${last}`));

const LOG = "abcdef";
const PLACES = [1, 2, 3, 4, 5, 6];
const PAIRS = PLACES.flatMap((one) =>
  PLACES.filter((other) => other > one).map((other) => [one, other] as const),
);

describe("Aligner and Findings: every single edit of a log of six records", () => {
  it("sees nothing where nothing was done", () => {
    expect(compare(LOG, rowsOf(LOG))).toEqual([]);
  });

  it.each(PLACES)("names record %i that was changed", (place) => {
    const rows = rowsOf(LOG).map((one) => (one.seq === place ? row("X", place) : one));
    expect(short(compare(LOG, rows))).toEqual([`changed ${place}`]);
  });

  it.each(PLACES)("names record %i that is gone", (place) => {
    const rows = rowsOf(LOG).filter(({ seq }) => seq !== place);
    expect(short(compare(LOG, rows))).toEqual([`${place === 6 ? "truncated" : "missing"} ${place}`]);
  });

  it.each(PLACES)("names record %i that is gone, those after it renumbered", (place) => {
    const damages = compare(LOG, rowsOf([...LOG].filter((_, i) => i + 1 !== place).join("")));
    expect(short(damages)).toEqual([`${place === 6 ? "truncated" : "missing"} ${place}`]);
    if (place < 6) expect(damages[0]?.what).toMatch(/those after it were given other places/);
  });

  it.each(PLACES)("names records %i to the end that are gone", (place) => {
    const [damage, ...others] = short(compare(LOG, rowsOf(LOG.slice(0, place - 1))));
    expect([damage, others]).toEqual([place === 6 ? "truncated 6" : `truncated ${place}-6`, []]);
  });

  it.each(PAIRS)("names records %i to %i that are gone", (first, last) => {
    const rows = rowsOf(LOG).filter(({ seq }) => seq < first || seq > last);
    expect(short(compare(LOG, rows))).toEqual([`${last === 6 ? "truncated" : "missing"} ${first}-${last}`]);
  });

  it.each(PLACES)("names a record inserted at %i, those after it renumbered", (place) => {
    const leaves = `${LOG.slice(0, place - 1)}X${LOG.slice(place - 1)}`;
    expect(short(compare(LOG, rowsOf(leaves)))).toEqual([`inserted ${place}`]);
  });

  it.each(PLACES)("names a second record at place %i, before or after the right one", (place) => {
    for (const extra of ["X", LOG[place - 1] ?? ""])
      for (const isBefore of [true, false]) {
        const rows = rowsOf(LOG);
        rows.splice(place - (isBefore ? 1 : 0), 0, row(extra, place));
        expect(short(compare(LOG, rows))).toEqual([`inserted ${place}`]);
      }
  });

  it.each(PAIRS)("names records %i and %i that were swapped", (one, other) => {
    const leaves = [...LOG];
    [leaves[one - 1], leaves[other - 1]] = [leaves[other - 1] ?? "", leaves[one - 1] ?? ""];
    const damages = compare(LOG, rowsOf(leaves.join("")));
    expect(damages[0]).toMatchObject({ kind: "reordered", seq: one });
    expect(new Set(damages.map(({ kind }) => kind))).toEqual(new Set(["reordered"]));
  });

  it.each(PAIRS)("names record %i that was moved to %i, and back", (from, to) => {
    const leaves = [...LOG];
    const [moved = ""] = leaves.splice(from - 1, 1);
    leaves.splice(to - 1, 0, moved);
    expect(compare(LOG, rowsOf(leaves.join("")))[0]).toMatchObject({ kind: "reordered", seq: from });
    const back = [...LOG];
    const [other = ""] = back.splice(to - 1, 1);
    back.splice(from - 1, 0, other);
    expect(compare(LOG, rowsOf(back.join("")))[0]).toMatchObject({ kind: "reordered", seq: from });
  });

  it.each(PLACES)("names record %i that was given a place far away", (place) => {
    const rows = rowsOf(LOG).map((one) => (one.seq === place ? { ...one, seq: 100 } : one));
    const [damage] = compare(
      LOG,
      rows.toSorted((a, b) => a.seq - b.seq),
    );
    expect(damage).toMatchObject({ seq: place });
  });

  it.each(PLACES)("names records from %i on that were renumbered", (place) => {
    const rows = rowsOf(LOG).map((one) => (one.seq >= place ? { ...one, seq: one.seq + 7 } : one));
    const damages = compare(LOG, rows);
    expect(damages[0]).toMatchObject({ seq: place });
  });

  it("names where a fork begins", () => {
    expect(short(compare(LOG, rowsOf("abcXYZ")))).toEqual(["changed 4-6"]);
    expect(short(compare(LOG, rowsOf("abcXY")))).toEqual(["changed 4-5", "truncated 6"]);
  });

  it("goes on after a damage and names the next", () => {
    expect(short(compare("abcdefghijkl", rowsOf("abXdeghijYkl")))).toEqual([
      "changed 3",
      "missing 6",
      "inserted 10",
    ]);
  });
});

describe("Findings", () => {
  it("counts what is beyond so many damages, and still names the first", () => {
    const findings = new Findings(() => undefined, 10);
    const aligner = new Aligner<ProvenRecord, CheckedRow>(findings, 16);
    for (let i = 0; i < 500; i += 10) {
      const places = Array.from({ length: 10 }, (_, k) => i + k + 1);
      aligner.push(
        places.map((place) => ({ place, leaf: `${place}`, recordedAt: 0 })),
        places.map((place) => row(`X${place}`, place)),
      );
    }
    aligner.finish(500);
    const damages = findings.tell(500);
    expect(short(damages)).toEqual(["changed 1-10", "changed 11-500"]);
    expect(damages[1]?.what).toMatch(/^490 more records/);
  });
});

describe("Aligner", () => {
  const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

  /** What was told of each side, in order. */
  function trace(
    expected: readonly Expected[],
    found: readonly Found[],
    steps: readonly number[],
    window: number,
  ) {
    const told = { expected: [] as number[], found: [] as number[], matched: [] as string[] };
    const aligner = new Aligner<Expected, Found>(
      {
        matched: (one, other) => {
          told.expected.push(one.place);
          told.found.push(other.seq);
          told.matched.push(one.leaf === other.leaf ? "same" : "other");
        },
        replaced: (one, other) => {
          told.expected.push(one.place);
          told.found.push(other.seq);
        },
        lost: (one) => void told.expected.push(one.place),
        extra: (other) => void told.found.push(other.seq),
        renumbered: () => undefined,
        misplaced: () => undefined,
      },
      window,
    );
    let at = 0;
    for (const step of steps) {
      aligner.push(expected.slice(at, at + step), found.slice(at, at + step));
      at += step;
    }
    aligner.push(expected.slice(at), found.slice(at));
    const rest = aligner.finish(expected.length);
    told.found.push(...rest.map(({ seq }) => seq));
    return told;
  }

  it("passes over nothing: every record of both sides is told once, in order, however they come", () => {
    const anyLeaves = fc
      .shuffledSubarray([...alphabet])
      .map((leaves) => leaves.map((leaf, i) => ({ place: i + 1, seq: i + 1, leaf })));
    fc.assert(
      fc.property(
        anyLeaves,
        anyLeaves,
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        (expected, found, steps, window) => {
          const told = trace(expected, found, steps, window);
          expect(told.expected).toEqual(expected.map(({ place }) => place));
          expect(told.found).toEqual(found.map(({ seq }) => seq));
          expect(told.matched).not.toContain("other");
        },
      ),
      { numRuns: 300 },
    );
  });

  it("matches all of a log that comes in parts, and is even between them", () => {
    const findings = new Findings(() => undefined);
    const aligner = new Aligner<ProvenRecord, CheckedRow>(findings, 4);
    for (const part of ["abc", "def"]) {
      const begin = LOG.indexOf(part);
      aligner.push(expectedOf(LOG).slice(begin, begin + 3), rowsOf(LOG).slice(begin, begin + 3));
      expect(aligner.isEven).toBe(true);
    }
    expect(findings.matchedCount).toBe(6);
  });

  it("keeps little where one side is gone for long", () => {
    const findings = new Findings(() => undefined);
    const aligner = new Aligner<ProvenRecord, CheckedRow>(findings, 4);
    const expected = Array.from({ length: 1_000 }, (_, i) => ({ place: i + 1, leaf: `${i}`, recordedAt: 0 }));
    for (let i = 0; i < 900; i += 10) aligner.push(expected.slice(i, i + 10), []);
    aligner.push(
      expected.slice(900),
      expected.slice(900).map(({ place, leaf }) => row(leaf, place)),
    );
    aligner.finish(1_000);
    expect(short(findings.tell(1_000))).toEqual(["missing 1-900"]);
  });
});
