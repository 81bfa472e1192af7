import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleEntry } from "../../test/entry.ts";
import { EntryQueue } from "./entry-queue.ts";
import { weighEntry } from "./weight.ts";

const ONE = weighEntry(sampleEntry(1));
const seqs = (entries: readonly { readonly seq: number }[]) => entries.map(({ seq }) => seq);

describe("EntryQueue", () => {
  it("drops the oldest when there are too many", () => {
    const queue = new EntryQueue(2, Number.POSITIVE_INFINITY);
    expect([1, 2, 3, 4].map((seq) => seqs(queue.push(sampleEntry(seq))))).toEqual([[], [], [1], [2]]);
    expect(seqs(queue.take(10, Number.POSITIVE_INFINITY))).toEqual([3, 4]);
  });

  it.each([
    { bytes: 3 * ONE, kept: [2, 3, 4] },
    { bytes: 3 * ONE - 1, kept: [3, 4] },
    { bytes: 1, kept: [4] },
  ])("drops the oldest when they take more than $bytes bytes, but keeps one", ({ bytes, kept }) => {
    const queue = new EntryQueue(10, bytes);
    for (const seq of [1, 2, 3, 4]) queue.push(sampleEntry(seq));
    expect(seqs(queue.take(10, Number.POSITIVE_INFINITY))).toEqual(kept);
  });

  it("gives a batch as large as asked for, and at least one", () => {
    const queue = new EntryQueue(10, Number.POSITIVE_INFINITY);
    for (const seq of [1, 2, 3, 4, 5, 6]) queue.push(sampleEntry(seq));
    expect(seqs(queue.take(2, Number.POSITIVE_INFINITY))).toEqual([1, 2]);
    expect(seqs(queue.take(10, 2 * ONE))).toEqual([3, 4]);
    expect(seqs(queue.take(10, 1))).toEqual([5]);
    expect([queue.size, queue.sizeBytes]).toEqual([1, ONE]);
  });

  it("loses nothing silently, keeps the order and its bounds, whatever is pushed and taken", () => {
    const steps = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 4 })), { maxLength: 60 });
    const bounds = fc.record({
      records: fc.integer({ min: 1, max: 6 }),
      bytes: fc.integer({ min: 1, max: 9_000 }),
    });
    fc.assert(
      fc.property(steps, bounds, (all, { records, bytes }) => {
        const queue = new EntryQueue(records, bytes);
        const gone: number[] = [];
        let seq = 0;
        for (const step of all) {
          const out = step === 0 ? queue.push(sampleEntry(++seq, seq % 3)) : queue.take(step, bytes);
          gone.push(...seqs(out));
          expect(queue.size).toBeLessThanOrEqual(records);
          expect(queue.size <= 1 || queue.sizeBytes <= bytes).toBe(true);
        }
        gone.push(...seqs(queue.take(100, Number.POSITIVE_INFINITY)));
        expect(gone).toEqual(Array.from({ length: seq }, (_, i) => i + 1));
        expect([queue.size, queue.sizeBytes]).toEqual([0, 0]);
      }),
    );
  });
});
