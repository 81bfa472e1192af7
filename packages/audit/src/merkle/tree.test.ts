import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EMPTY_ROOT, leafHash } from "./hash.ts";
import type { TreeNode } from "./subtree.ts";
import { Frontier, frontierNodes, rootOf } from "./tree.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const coded = { code: "ERR_GARIM_PROOF_INVALID" };

/** The certificate-transparency reference tree: its records, and its root at every size. */
const RECORDS = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
];
const ROOTS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const LEAVES = RECORDS.map((record) => leafHash(Buffer.from(record, "hex")));

/** Leaves that differ. */
const leavesOf = (size: number): readonly Uint8Array[] =>
  Array.from({ length: size }, (_, index) => leafHash(Buffer.from(`record ${index}`)));

/** MTH as RFC 9162 section 2.1.1 writes it, as slow as it may be; the leaves are hashed already. */
function naiveRoot(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) return createHash("sha256").digest();
  if (leaves.length === 1) return Buffer.from(leaves[0] ?? []);
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
  const children = [Buffer.of(1), naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k))];
  return createHash("sha256").update(Buffer.concat(children)).digest();
}

/** A frontier and the store beside it, which keeps the leaves and every node that became complete. */
function grow(leaves: readonly Uint8Array[]): { frontier: Frontier; store: TreeNode[] } {
  const frontier = new Frontier();
  const store = leaves.flatMap((hash, index) => [{ level: 0, index, hash }, ...frontier.append(hash)]);
  return { frontier, store };
}

describe("rootOf", () => {
  it.each(ROOTS.map((root, size) => [size, root] as const))(
    "gives the reference tree of %i leaves the root %s",
    (size, root) => {
      expect(hex(rootOf(LEAVES.slice(0, size)))).toBe(root);
    },
  );

  it("agrees with the RFC's own words at every size to 260", () => {
    const leaves = leavesOf(260);
    for (let size = 0; size <= 260; size++)
      expect(hex(rootOf(leaves.slice(0, size))), `${size}`).toBe(hex(naiveRoot(leaves.slice(0, size))));
  });

  it("gives an empty tree a root that may be written into", () => {
    rootOf([]).fill(0);
    expect(hex(rootOf([]))).toBe(ROOTS[0]);
    expect(hex(EMPTY_ROOT)).toBe(ROOTS[0]);
  });

  it("refuses what is no hash", () => {
    expect(() => rootOf([new Uint8Array(31)])).toThrow(expect.objectContaining(coded));
  });
});

describe("frontierNodes", () => {
  it.each([
    [0, []],
    [1, ["0/0"]],
    [2, ["1/0"]],
    [3, ["1/0", "0/2"]],
    [7, ["2/0", "1/2", "0/6"]],
    [8, ["3/0"]],
    [2 ** 32 + 3, ["32/0", `1/${2 ** 31}`, `0/${2 ** 32 + 2}`]],
    [2 ** 52, ["52/0"]],
  ])("says which subtrees make up a tree of %i", (size, places) => {
    expect(frontierNodes(size).map(({ level, index }) => `${level}/${index}`)).toEqual(places);
  });

  it("names 53 for the largest tree, and they cover it without a gap", () => {
    const places = frontierNodes(Number.MAX_SAFE_INTEGER);
    expect(places).toHaveLength(53);
    let covered = 0;
    for (const { level, index } of places) {
      expect(index * 2 ** level).toBe(covered);
      covered += 2 ** level;
    }
    expect(covered).toBe(Number.MAX_SAFE_INTEGER);
  });

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])("refuses %d as a size", (size) => {
    expect(() => frontierNodes(size)).toThrow(expect.objectContaining(coded));
  });
});

describe("Frontier", () => {
  it.each(ROOTS.map((root, size) => [size, root] as const))(
    "has the root of the reference tree of %i leaves: %s",
    (size, root) => {
      const { frontier } = grow(LEAVES.slice(0, size));
      expect(frontier.size).toBe(size);
      expect(hex(frontier.root())).toBe(root);
    },
  );

  it("says of each leaf which inner nodes it made complete, from the bottom up", () => {
    const frontier = new Frontier();
    const made = LEAVES.map((leaf) => frontier.append(leaf).map(({ level, index }) => `${level}/${index}`));
    expect(made).toEqual([[], ["1/0"], [], ["1/1", "2/0"], [], ["1/2"], [], ["1/3", "2/1", "3/0"]]);
  });

  it("gives each node the root of the leaves below it, and each node once", () => {
    const leaves = leavesOf(300);
    const { store } = grow(leaves);
    for (const { level, index, hash } of store)
      expect(hex(hash)).toBe(hex(naiveRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level))));
    expect(new Set(store.map(({ level, index }) => `${level}/${index}`)).size).toBe(store.length);
  });

  it("goes on from a store as if it had never stopped, in whatever order the store answers", () => {
    const leaves = leavesOf(300);
    const { store } = grow(leaves);
    fc.assert(
      fc.property(fc.nat(299), fc.integer({ min: 0, max: 20 }), (size, more) => {
        const kept = frontierNodes(size).map(
          (place) =>
            store.find(({ level, index }) => level === place.level && index === place.index) ?? fail(),
        );
        const frontier = Frontier.of(size, kept.toReversed());
        expect(hex(frontier.root())).toBe(hex(rootOf(leaves.slice(0, size))));
        for (const leaf of leaves.slice(size, size + more)) frontier.append(leaf);
        expect(hex(frontier.root())).toBe(hex(rootOf(leaves.slice(0, size + more))));
      }),
    );
  });

  it("ignores nodes that the size does not need", () => {
    const { store } = grow(leavesOf(100));
    expect(hex(Frontier.of(37, store).root())).toBe(hex(rootOf(leavesOf(37))));
  });

  it("names the node that a store did not give", () => {
    const { store } = grow(leavesOf(7));
    const damaged = store.filter(({ level, index }) => level !== 1 || index !== 2);
    expect(() => Frontier.of(7, damaged)).toThrow(
      expect.objectContaining({ ...coded, message: expect.stringContaining("level 1 and index 2") }),
    );
  });

  it("refuses a stored node that is no hash, and a leaf that is none without taking it", () => {
    expect(() => Frontier.of(1, [{ level: 0, index: 0, hash: new Uint8Array(20) }])).toThrow(
      expect.objectContaining(coded),
    );
    const { frontier } = grow(leavesOf(3));
    expect(() => frontier.append(new Uint8Array(33))).toThrow(expect.objectContaining(coded));
    expect(frontier.size).toBe(3);
    expect(hex(frontier.root())).toBe(hex(rootOf(leavesOf(3))));
  });

  it("goes on where 32 bits end", () => {
    const hash = leafHash(Buffer.of(1));
    const at = (size: number) => frontierNodes(size).map((place) => ({ ...place, hash }));
    const frontier = Frontier.of(2 ** 32 - 1, at(2 ** 32 - 1));
    expect(frontier.append(hash).at(-1)).toMatchObject({ level: 32, index: 0 });
    expect(frontier.append(hash)).toEqual([]);
    expect(frontier.append(hash)).toMatchObject([{ level: 1, index: 2 ** 31 }]);
    expect(frontier.size).toBe(2 ** 32 + 2);
  });

  it("refuses a leaf more than safe integers count", () => {
    const hash = leafHash(Buffer.of(1));
    const nodes = frontierNodes(Number.MAX_SAFE_INTEGER).map((place) => ({ ...place, hash }));
    const frontier = Frontier.of(Number.MAX_SAFE_INTEGER, nodes);
    expect(() => frontier.append(hash)).toThrow(expect.objectContaining(coded));
  });
});

function fail(): never {
  throw new Error("the store lacks a node of the frontier");
}
