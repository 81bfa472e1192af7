import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { LruCache } from "./lru-cache.ts";

const keysOf = (cache: LruCache<string, number>) => [...cache].map(([key]) => key);

function fill(max: number, keys: string): LruCache<string, number> {
  const cache = new LruCache<string, number>({ max });
  for (const [i, key] of [...keys].entries()) cache.set(key, i);
  return cache;
}

describe("LruCache", () => {
  it("forgets what was used longest ago, and nothing before it is full", () => {
    const cache = fill(3, "abc");
    expect([cache.size, keysOf(cache)]).toEqual([3, ["a", "b", "c"]]);
    cache.get("a");
    cache.set("d", 9);
    expect(keysOf(cache)).toEqual(["c", "a", "d"]);
    expect([cache.get("b"), cache.has("b"), cache.get("d")]).toEqual([undefined, false, 9]);
  });

  it("takes a look for no use, and setting for one", () => {
    const cache = fill(3, "abc");
    expect([cache.peek("a"), cache.has("a"), cache.peek("x")]).toEqual([0, true, undefined]);
    cache.set("b", 5);
    expect(keysOf(cache)).toEqual(["a", "c", "b"]);
    cache.set("d", 6);
    expect(cache.has("a")).toBe(false);
  });

  it("tells of each value once that it holds no longer, and of none that is set again", () => {
    const dispose = vi.fn();
    const cache = new LruCache<string, number>({ max: 2, dispose });
    const told = (): unknown[] => dispose.mock.calls.splice(0).map(([value]) => value);
    cache.set("a", 1);
    cache.set("a", 1);
    expect(told()).toEqual([]);
    cache.set("a", 2);
    expect(told()).toEqual([1]);
    cache.set("b", 3);
    cache.set("c", 4);
    expect(told()).toEqual([2]);
    expect([cache.delete("b"), cache.delete("b")]).toEqual([true, false]);
    expect(told()).toEqual([3]);
    cache.clear();
    expect([told(), cache.size]).toEqual([[4], 0]);
  });

  it("has a bound of sizes, counted when they were set; what is larger than that is not kept", () => {
    const cache = new LruCache<string, readonly number[]>({
      max: 10,
      maxSize: 5,
      sizeCalculation: ({ length }) => length,
    });
    cache.set("a", [1, 2]);
    cache.set("b", [1, 2, 3]);
    expect(cache.size).toBe(2);
    cache.set("a", [1]);
    cache.set("c", [1]);
    expect(cache.size).toBe(3);
    cache.set("d", [1]);
    cache.set("b", [1, 2]);
    cache.set("e", [1, 2]);
    expect([...cache].map(([key]) => key)).toEqual(["d", "b", "e"]);
    cache.set("b", [1, 2, 3, 4, 5, 6]);
    expect([...cache].map(([key]) => key)).toEqual(["d", "e"]);
    for (const key of "fghijklmnop") cache.set(key, []);
    expect([...cache].map(([key]) => key).join("")).toBe("ghijklmnop");
  });

  it("holds what a list in order of use would, whatever is done", () => {
    const deed = fc.tuple(fc.constantFrom("get", "set", "delete"), fc.constantFrom(..."abcdef"));
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), (deeds, max) => {
        const cache = new LruCache<string, number>({ max });
        let list: string[] = [];
        for (const [i, [what, key]] of deeds.entries()) {
          const isThere = list.includes(key);
          if (what === "get") expect(cache.get(key) !== undefined).toBe(isThere);
          else if (what === "delete") expect(cache.delete(key)).toBe(isThere);
          else cache.set(key, i);
          const isAfter = what === "set" || (what === "get" && isThere);
          list = [
            ...list.filter((one) => one !== key || (what === "get" && !isThere)),
            ...(isAfter ? [key] : []),
          ];
          list = list.slice(-max);
          expect(keysOf(cache)).toEqual(list);
        }
      }),
    );
  });

  it("may be emptied of some while it is looked through", () => {
    const cache = fill(9, "abcdef");
    for (const [key, value] of cache) if (value % 2 === 0) cache.delete(key);
    expect(keysOf(cache)).toEqual(["b", "d", "f"]);
  });
});
