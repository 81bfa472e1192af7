import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EMPTY_ROOT, leafHash, nodeHash } from "./hash.ts";
import { consistencyNodes, consistencyProof, inclusionNodes, inclusionProof } from "./proof.ts";
import type { NodePlace, TreeNode } from "./subtree.ts";
import { Frontier, frontierNodes } from "./tree.ts";
import { verifyConsistency, verifyInclusion } from "./verify.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const coded = { code: "ERR_GARIM_PROOF_INVALID" };

/** The certificate-transparency reference tree. */
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
/** Its nodes by level and index. */
const NODES = [
  [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
    "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7",
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658",
    "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
    "46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1",
  ],
  [
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
  ],
  [
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
  ],
  ["5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"],
] as const;
const ROOTS: Readonly<Record<number, string>> = {
  1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};
const [L0, L1, L2, L3] = NODES;

/** What a store holds of a tree: every complete subtree. */
class Store {
  readonly #nodes = new Map<string, TreeNode>();
  readonly leaves: readonly Uint8Array[];

  constructor(leaves: readonly Uint8Array[]) {
    this.leaves = leaves;
    const frontier = new Frontier();
    leaves.forEach((hash, index) => {
      for (const node of [{ level: 0, index, hash }, ...frontier.append(hash)])
        this.#nodes.set(`${node.level}/${node.index}`, node);
    });
  }

  /** The rows of one query, in an order of the database's own. */
  read(places: readonly NodePlace[]): readonly TreeNode[] {
    return places
      .map(({ level, index }) => this.#nodes.get(`${level}/${index}`))
      .filter((node) => node !== undefined)
      .reverse();
  }

  inclusion(index: number, size: number): readonly Uint8Array[] {
    return inclusionProof(index, size, this.read(inclusionNodes(index, size)));
  }

  consistency(oldSize: number, newSize: number): readonly Uint8Array[] {
    return consistencyProof(oldSize, newSize, this.read(consistencyNodes(oldSize, newSize)));
  }
}

/** RFC 9162 sections 2.1.1, 2.1.3.1 and 2.1.4.1 word by word, over the hashes of the leaves. */
const splitOf = (n: number): number => 2 ** Math.floor(Math.log2(n - 1));

function naiveRoot(d: readonly Uint8Array[]): Uint8Array {
  if (d.length === 1) return d[0] ?? EMPTY_ROOT;
  const k = splitOf(d.length);
  const children = [Buffer.of(1), naiveRoot(d.slice(0, k)), naiveRoot(d.slice(k))];
  return createHash("sha256").update(Buffer.concat(children)).digest();
}

function naivePath(m: number, d: readonly Uint8Array[]): readonly Uint8Array[] {
  if (d.length === 1) return [];
  const k = splitOf(d.length);
  return m < k
    ? [...naivePath(m, d.slice(0, k)), naiveRoot(d.slice(k))]
    : [...naivePath(m - k, d.slice(k)), naiveRoot(d.slice(0, k))];
}

function naiveSubproof(m: number, d: readonly Uint8Array[], b: boolean): readonly Uint8Array[] {
  if (m === d.length) return b ? [] : [naiveRoot(d)];
  const k = splitOf(d.length);
  return m <= k
    ? [...naiveSubproof(m, d.slice(0, k), b), naiveRoot(d.slice(k))]
    : [...naiveSubproof(m - k, d.slice(k), false), naiveRoot(d.slice(0, k))];
}

const leavesOf = (size: number): readonly Uint8Array[] =>
  Array.from({ length: size }, (_, index) => leafHash(Buffer.from(`record ${index}`)));
const reference = new Store(RECORDS.map((record) => leafHash(Buffer.from(record, "hex"))));
const large = new Store(leavesOf(5_000));
const largeRoots = new Map<number, Uint8Array>();

function largeRoot(size: number): Uint8Array {
  const root = largeRoots.get(size) ?? (size === 0 ? EMPTY_ROOT : naiveRoot(large.leaves.slice(0, size)));
  largeRoots.set(size, root);
  return root;
}

/**
 * A tree of any size in which all leaves are alike but one: only the way to that one is ever hashed. Wherever an index is cut to
 * 32 bits, the one stands elsewhere.
 */
class HugeTree {
  readonly #index: number;
  readonly #leaf: Uint8Array;
  readonly #alike: Uint8Array[] = [leafHash(Buffer.from("alike"))];

  constructor(index: number, leaf: Uint8Array) {
    this.#index = index;
    this.#leaf = leaf;
    for (let level = 1; level <= 52; level++) {
      const child = this.#alike[level - 1] ?? EMPTY_ROOT;
      this.#alike.push(nodeHash(child, child));
    }
  }

  read(places: readonly NodePlace[]): readonly TreeNode[] {
    return places.map((place) => ({ ...place, hash: this.#hashAt(place) }));
  }

  rootOf(size: number): Uint8Array {
    return Frontier.of(size, this.read(frontierNodes(size))).root();
  }

  #hashAt({ level, index }: NodePlace): Uint8Array {
    if (Math.floor(this.#index / 2 ** level) !== index) return this.#alike[level] ?? EMPTY_ROOT;
    if (level === 0) return this.#leaf;
    const left = { level: level - 1, index: 2 * index };
    return nodeHash(this.#hashAt(left), this.#hashAt({ ...left, index: 2 * index + 1 }));
  }
}

describe("inclusionProof", () => {
  it.each([
    [0, 1, []],
    [0, 8, [L0[1], L1[1], L2[1]]],
    [5, 8, [L0[4], L1[3], L2[0]]],
    [2, 3, [L1[0]]],
    [1, 5, [L0[0], L1[1], L0[4]]],
  ])("[certificate-transparency] proves leaf %i of %i by the known path", (index, size, path) => {
    const proof = reference.inclusion(index, size);
    expect(proof.map(hex)).toEqual(path);
    const root = Buffer.from(ROOTS[size] ?? "", "hex");
    const [leaf] = reference.leaves.slice(index);
    expect(verifyInclusion({ leafHash: leaf ?? EMPTY_ROOT, index, size, proof, root })).toBe(true);
  });

  it("agrees with the RFC's own words for every leaf of every tree to 64, and the proof holds", () => {
    for (let size = 1; size <= 64; size++)
      for (const [index, leaf] of large.leaves.slice(0, size).entries()) {
        const proof = large.inclusion(index, size);
        expect(proof.map(hex)).toEqual(naivePath(index, large.leaves.slice(0, size)).map(hex));
        expect(verifyInclusion({ leafHash: leaf, index, size, proof, root: largeRoot(size) })).toBe(true);
      }
  });

  it("agrees with the RFC's own words for leaves of trees to 5,000", () => {
    const sizes = fc.integer({ min: 65, max: 5_000 });
    const places = sizes.chain((size) => fc.tuple(fc.nat(size - 1), fc.constant(size)));
    // Leaf 20 of 4,096 needs both node 11 of level 1 and node 1 of level 11.
    fc.assert(
      fc.property(places, ([index, size]) => {
        const proof = large.inclusion(index, size);
        expect(proof.map(hex)).toEqual(naivePath(index, large.leaves.slice(0, size)).map(hex));
        const leaf = large.leaves[index] ?? EMPTY_ROOT;
        expect(verifyInclusion({ leafHash: leaf, index, size, proof, root: largeRoot(size) })).toBe(true);
      }),
      { numRuns: 15, examples: [[[20, 4_096]]] },
    );
  });

  it("names the node that the store did not give", () => {
    expect(() => inclusionProof(0, 8, reference.read([{ level: 0, index: 1 }]))).toThrow(
      expect.objectContaining({ ...coded, message: expect.stringContaining("level 1 and index 1") }),
    );
  });

  it.each([
    [2 ** 32 - 1, 2 ** 32],
    [2 ** 32, 2 ** 32 + 1],
    [2 ** 32 + 5, 2 ** 33 + 11],
    [3 * 2 ** 40 + 12_345, 2 ** 42 + 7],
    [0, Number.MAX_SAFE_INTEGER],
    [Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER],
  ])("proves leaf %d of a tree of %d", (index, size) => {
    const leaf = leafHash(Buffer.from("the one"));
    const tree = new HugeTree(index, leaf);
    const proof = inclusionProof(index, size, tree.read(inclusionNodes(index, size)));
    const claim = { leafHash: leaf, index, size, proof, root: tree.rootOf(size) };
    expect(verifyInclusion(claim)).toBe(true);
    for (const other of [index + 2 ** 32, index - 2 ** 32, index % 2 ** 32, index + 1, index - 1])
      if (other !== index) expect(verifyInclusion({ ...claim, index: other }), `${other}`).toBe(false);
  });
});

describe("inclusionNodes", () => {
  it("asks for at most twice as many nodes as the tree has levels, and for none twice", () => {
    const sizes = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
    const places = sizes.chain((size) => fc.tuple(fc.integer({ min: 0, max: size - 1 }), fc.constant(size)));
    fc.assert(
      fc.property(places, ([index, size]) => {
        const keys = inclusionNodes(index, size).map((place) => `${place.level}/${place.index}`);
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys.length).toBeLessThanOrEqual(2 * Math.log2(size) + 1);
      }),
    );
  });

  it.each([
    [0, 0],
    [8, 8],
    [-1, 8],
    [1.5, 8],
    [Number.NaN, 8],
    [0, Number.NaN],
    [0, 2 ** 53],
    [0, -1],
  ])("refuses leaf %d of %d", (index, size) => {
    expect(() => inclusionNodes(index, size)).toThrow(expect.objectContaining(coded));
  });
});

describe("consistencyProof", () => {
  it.each([
    [1, 1, []],
    [1, 8, [L0[1], L1[1], L2[1]]],
    [6, 8, [L1[2], L1[3], L2[0]]],
    [2, 5, [L1[1], L0[4]]],
    [6, 7, [L1[2], L0[6], L2[0]]],
  ])(
    "[certificate-transparency] proves the growth from %i to %i by the known path",
    (oldSize, newSize, path) => {
      const proof = reference.consistency(oldSize, newSize);
      expect(proof.map(hex)).toEqual(path);
      const oldRoot = Buffer.from(ROOTS[oldSize] ?? "", "hex");
      const newRoot = Buffer.from(ROOTS[newSize] ?? "", "hex");
      expect(verifyConsistency({ oldSize, oldRoot, newSize, newRoot, proof })).toBe(true);
      expect(hex(newRoot)).toBe(newSize === 8 ? L3[0] : hex(newRoot));
    },
  );

  it("agrees with the RFC's own words for every two sizes to 64, and the proof holds", () => {
    for (let newSize = 1; newSize <= 64; newSize++)
      for (let oldSize = 0; oldSize <= newSize; oldSize++) {
        const proof = large.consistency(oldSize, newSize);
        const expected = oldSize === 0 ? [] : naiveSubproof(oldSize, large.leaves.slice(0, newSize), true);
        expect(proof.map(hex)).toEqual(expected.map(hex));
        const roots = { oldRoot: largeRoot(oldSize), newRoot: largeRoot(newSize) };
        expect(verifyConsistency({ oldSize, newSize, proof, ...roots }), `${oldSize} ${newSize}`).toBe(true);
      }
  });

  it("agrees with the RFC's own words for sizes to 5,000", () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 5_000 }));
    fc.assert(
      fc.property(sizes, ([one, other]) => {
        const [oldSize, newSize] = [Math.min(one, other), Math.max(one, other)];
        const proof = large.consistency(oldSize, newSize);
        expect(proof.map(hex)).toEqual(naiveSubproof(oldSize, large.leaves.slice(0, newSize), true).map(hex));
        const roots = { oldRoot: largeRoot(oldSize), newRoot: largeRoot(newSize) };
        expect(verifyConsistency({ oldSize, newSize, proof, ...roots })).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  it.each([
    [1, 2 ** 33],
    [2 ** 32, 2 ** 32 + 1],
    [2 ** 32 - 1, 2 ** 32 + 1],
    [2 ** 32 + 5, 2 ** 33 + 11],
    [3 * 2 ** 40 + 12_345, 2 ** 42 + 7],
    [2 ** 32 + 1, 2 ** 33],
    [3 * 2 ** 40, 2 ** 42],
    [2 ** 52, Number.MAX_SAFE_INTEGER],
    [Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER],
  ])("proves the growth from %d to %d", (oldSize, newSize) => {
    const tree = new HugeTree(oldSize - 1, leafHash(Buffer.from("the one")));
    const proof = consistencyProof(oldSize, newSize, tree.read(consistencyNodes(oldSize, newSize)));
    const claim = { oldSize, newSize, proof, oldRoot: tree.rootOf(oldSize), newRoot: tree.rootOf(newSize) };
    expect(verifyConsistency(claim)).toBe(true);
    for (const other of [oldSize + 2 ** 32, oldSize % 2 ** 32, oldSize + 1, oldSize - 1])
      if (other !== oldSize) expect(verifyConsistency({ ...claim, oldSize: other }), `${other}`).toBe(false);
    expect(verifyConsistency({ ...claim, newRoot: new HugeTree(0, EMPTY_ROOT).rootOf(newSize) })).toBe(false);
  });
});

describe("consistencyNodes", () => {
  it.each([
    [9, 8],
    [-1, 8],
    [Number.NaN, 8],
    [1, Number.POSITIVE_INFINITY],
    [1, 2 ** 53],
    [1.5, 8],
  ])("refuses growth from %d to %d", (oldSize, newSize) => {
    expect(() => consistencyNodes(oldSize, newSize)).toThrow(expect.objectContaining(coded));
  });
});
