import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { isRowSource, pagesOf } from "./source.ts";

const PACE = { most: 2, longestMs: 60_000 };
const GO_ON = new AbortController().signal;

async function collect(pages: AsyncIterable<readonly unknown[]>): Promise<readonly (readonly unknown[])[]> {
  const all = [];
  for await (const page of pages) all.push(page);
  return all;
}

describe("isRowSource", () => {
  it.each([
    [[], true],
    [new Set(), true],
    [Readable.from([]), true],
    [{}, false],
    ["text", false],
    [null, false],
    [undefined, false],
  ])("tells %s: %s", (value, isOne) => {
    expect(isRowSource(value)).toBe(isOne);
  });
});

describe("pagesOf", () => {
  it.each([
    ["a list", () => [1, 2, 3]],
    ["a set", () => new Set([1, 2, 3])],
    ["a stream", () => Readable.from([1, 2, 3])],
    [
      "a generator",
      async function* () {
        yield* [1, 2, 3];
      },
    ],
  ])("hands %s on in pages", async (_, source) => {
    expect(await collect(pagesOf(source(), PACE, GO_ON))).toEqual([[1, 2], [3]]);
  });

  it("has no page of an empty source", async () => {
    expect(await collect(pagesOf([], PACE, GO_ON))).toEqual([]);
  });

  it("hands on what came after a while, though more might come", async () => {
    const [first] = await collect(pagesOf([1, 2, 3], { most: 1_000, longestMs: 0 }, GO_ON));
    expect(first).toEqual([1]);
  });

  it("reads no further than it is asked, and closes a source that is left", async () => {
    let read = 0;
    let isClosed = false;
    async function* rows(): AsyncGenerator<number> {
      try {
        for (;;) yield ++read;
      } finally {
        isClosed = true;
      }
    }
    for await (const _page of pagesOf(rows(), PACE, GO_ON)) break;
    expect([read, isClosed]).toEqual([2, true]);
  });

  it("passes on what a source throws", async () => {
    const rows = (function* () {
      yield 1;
      throw new Error("broken");
    })();
    await expect(collect(pagesOf(rows, PACE, GO_ON))).rejects.toThrow("broken");
  });

  it("does not wait for a source that hangs once it is to stop", async () => {
    const stop = new AbortController();
    const hanging = collect(
      pagesOf(
        { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }) },
        PACE,
        stop.signal,
      ),
    );
    stop.abort(new Error("enough"));
    await expect(hanging).rejects.toThrow("enough");
  });
});
