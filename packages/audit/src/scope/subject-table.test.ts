import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SubjectTable } from "./subject-table.ts";

const hexOf = (i: number): string => createHash("sha256").update(String(i)).digest("hex").slice(0, 32);

describe("SubjectTable", () => {
  it("holds what a map holds", () => {
    const anyMark = fc.tuple(fc.nat(40).map(hexOf), fc.integer({ min: 1, max: 7 }));
    fc.assert(
      fc.property(fc.array(anyMark, { maxLength: 200 }), (marked) => {
        const table = new SubjectTable();
        const map = new Map<string, number>();
        for (const [hex, marks] of marked) {
          expect(table.mark(hex, marks)).toBe(!map.has(hex));
          map.set(hex, (map.get(hex) ?? 0) | marks);
        }
        expect(table.size).toBe(map.size);
        for (let i = 0; i <= 40; i++) expect(table.marksOf(hexOf(i))).toBe(map.get(hexOf(i)) ?? 0);
        expect(table.count((marks) => (marks & 4) !== 0)).toBe(
          [...map.values()].filter((marks) => (marks & 4) !== 0).length,
        );
      }),
    );
  });

  it("grows, and tells apart what differs in any digit", () => {
    const table = new SubjectTable();
    for (let i = 0; i < 20_000; i++) table.mark(hexOf(i), 1 + (i % 7));
    expect(table.size).toBe(20_000);
    for (let i = 0; i < 20_000; i++) expect(table.marksOf(hexOf(i))).toBe(1 + (i % 7));
    const zeros = "0".repeat(32);
    table.mark(zeros, 1);
    for (let i = 0; i < 32; i++) expect(table.marksOf(`${zeros.slice(0, i)}f${zeros.slice(i + 1)}`)).toBe(0);
  });
});
