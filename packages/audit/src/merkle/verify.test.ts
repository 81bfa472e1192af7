import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EMPTY_ROOT, leafHash, nodeHash } from "./hash.ts";
import { consistencyNodes, consistencyProof, inclusionNodes, inclusionProof } from "./proof.ts";
import type { TreeNode } from "./subtree.ts";
import { Frontier, rootOf } from "./tree.ts";
import { type ConsistencyClaim, type InclusionClaim, verifyConsistency, verifyInclusion } from "./verify.ts";

const LEAVES = Array.from({ length: 200 }, (_, index) => leafHash(Buffer.from(`record ${index}`)));
const STORE: readonly TreeNode[] = (() => {
  const frontier = new Frontier();
  return LEAVES.flatMap((hash, index) => [{ level: 0, index, hash }, ...frontier.append(hash)]);
})();
const OTHER = leafHash(Buffer.from("another record"));

function inclusionClaim(index: number, size: number): InclusionClaim {
  inclusionNodes(index, size);
  const proof = inclusionProof(index, size, STORE);
  return { leafHash: LEAVES[index] ?? OTHER, index, size, proof, root: rootOf(LEAVES.slice(0, size)) };
}

function consistencyClaim(oldSize: number, newSize: number): ConsistencyClaim {
  consistencyNodes(oldSize, newSize);
  const proof = consistencyProof(oldSize, newSize, STORE);
  const oldRoot = rootOf(LEAVES.slice(0, oldSize));
  return { oldSize, oldRoot, newSize, newRoot: rootOf(LEAVES.slice(0, newSize)), proof };
}

const inclusions = fc
  .integer({ min: 1, max: 200 })
  .chain((size) => fc.nat(size - 1).map((index) => inclusionClaim(index, size)));
const consistencies = fc
  .integer({ min: 2, max: 200 })
  .chain((size) => fc.integer({ min: 1, max: size - 1 }).map((oldSize) => consistencyClaim(oldSize, size)));

function flip(bytes: Uint8Array, bit: number): Uint8Array {
  const flipped = Uint8Array.from(bytes);
  const byte = Math.floor(bit / 8);
  flipped[byte] = (flipped[byte] ?? 0) ^ (1 << (bit % 8));
  return flipped;
}

/** Every proof that one change makes of another: a bit flipped, a hash dropped, added, repeated or swapped with its neighbour. */
function changesOf(proof: readonly Uint8Array[], bit: number): readonly (readonly Uint8Array[])[] {
  const changes = proof.flatMap((hash, place) => [
    proof.with(place, flip(hash, bit)),
    proof.toSpliced(place, 1),
    proof.toSpliced(place, 0, hash),
    proof.toSpliced(place, 0, OTHER),
    proof.toSpliced(place, 2, ...proof.slice(place, place + 2).toReversed()),
  ]);
  const ends = [[...proof, OTHER], [...proof, EMPTY_ROOT], [...proof, ...proof], proof.toReversed(), []];
  return [...changes, ...ends].filter((change) => !isSame(change, proof));
}

function isSame(one: readonly Uint8Array[], other: readonly Uint8Array[]): boolean {
  return (
    one.length === other.length &&
    one.every((hash, place) => Buffer.compare(hash, other[place] ?? OTHER) === 0)
  );
}

const bit = fc.nat(255);
/** What a JSON file, a database or a mistake may put in the place of each value. */
const HOSTILE_COUNTS = [
  -1,
  0.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 53,
  1e300,
  "7",
  null,
  undefined,
  7n,
  {},
];
const HOSTILE_HASHES = [
  new Uint8Array(31),
  new Uint8Array(33),
  new Uint8Array(),
  "0".repeat(32),
  null,
  undefined,
  [],
  {},
];
const HOSTILE_PROOFS = [
  null,
  undefined,
  "",
  {},
  { length: 0 },
  7,
  [null],
  [new Uint8Array(31)],
  [new Uint8Array(64)],
  ["0".repeat(32)],
  new Array(3),
  new Array(1e9),
  Array.from({ length: 65 }, () => OTHER),
  Array.from({ length: 100_000 }, () => OTHER),
];

describe("verifyInclusion", () => {
  it("takes the proof of every leaf, and refuses it after any change", () => {
    fc.assert(
      fc.property(inclusions, bit, (claim, at) => {
        expect(verifyInclusion(claim)).toBe(true);
        for (const proof of changesOf(claim.proof, at))
          expect(verifyInclusion({ ...claim, proof })).toBe(false);
        expect(verifyInclusion({ ...claim, leafHash: flip(claim.leafHash, at) })).toBe(false);
        expect(verifyInclusion({ ...claim, root: flip(claim.root, at) })).toBe(false);
      }),
    );
  });

  it("refuses it for any other leaf of the tree", () => {
    fc.assert(
      fc.property(inclusions, (claim) => {
        for (let index = 0; index < claim.size + 3; index++)
          if (index !== claim.index) expect(verifyInclusion({ ...claim, index })).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  it("refuses an inner node in the place of a leaf", () => {
    const claim = inclusionClaim(0, 8);
    const [first = OTHER, ...proof] = claim.proof;
    // Here a bare sum of hashes would hold: what keeps it out is that a leaf's hash is made by leafHash from bytes.
    const inner = { ...claim, leafHash: nodeHash(claim.leafHash, first), proof };
    expect(verifyInclusion(inner)).toBe(false);
    expect(verifyInclusion({ ...inner, size: 4 })).toBe(true);
    const record = Buffer.concat([claim.leafHash, first]);
    expect(verifyInclusion({ ...inner, size: 4, leafHash: leafHash(record) })).toBe(false);
  });

  it.each(HOSTILE_COUNTS)("refuses %s as an index or a size, and does not throw", (count) => {
    const claim = inclusionClaim(3, 7);
    expect(verifyInclusion({ ...claim, index: count as number })).toBe(false);
    expect(verifyInclusion({ ...claim, size: count as number })).toBe(false);
  });

  it.each(HOSTILE_HASHES.map((hash) => [hash]))("refuses %s as a hash, and does not throw", (hash) => {
    const claim = inclusionClaim(3, 7);
    expect(verifyInclusion({ ...claim, leafHash: hash as Uint8Array })).toBe(false);
    expect(verifyInclusion({ ...claim, root: hash as Uint8Array })).toBe(false);
    expect(verifyInclusion({ ...claim, proof: claim.proof.with(1, hash as Uint8Array) })).toBe(false);
  });

  it.each(HOSTILE_PROOFS.map((proof, place) => [place, proof]))(
    "refuses hostile proof %i, and does not throw",
    (_, proof) => {
      expect(verifyInclusion({ ...inclusionClaim(3, 7), proof: proof as Uint8Array[] })).toBe(false);
      expect(verifyInclusion({ ...inclusionClaim(0, 1), proof: proof as Uint8Array[] })).toBe(false);
    },
  );

  it("refuses the largest claims without long work", () => {
    const proof = Array.from({ length: 64 }, () => OTHER);
    const size = Number.MAX_SAFE_INTEGER;
    for (const index of [0, 1, 2 ** 52, size - 1])
      expect(verifyInclusion({ leafHash: OTHER, index, size, proof, root: OTHER })).toBe(false);
  });

  it("refuses the leaf behind the last, also where it would be the root itself", () => {
    const claim = inclusionClaim(0, 1);
    expect(claim.root).toEqual(claim.leafHash);
    expect(verifyInclusion({ ...claim, index: 1 })).toBe(false);
  });

  it("refuses a leaf of the empty tree", () => {
    const claim = { leafHash: EMPTY_ROOT, index: 0, size: 0, proof: [], root: EMPTY_ROOT };
    expect(verifyInclusion(claim)).toBe(false);
  });
});

describe("verifyConsistency", () => {
  it("takes the proof of every growth, and refuses it after any change", () => {
    fc.assert(
      fc.property(consistencies, bit, (claim, at) => {
        expect(verifyConsistency(claim)).toBe(true);
        for (const proof of changesOf(claim.proof, at))
          expect(verifyConsistency({ ...claim, proof })).toBe(false);
        expect(verifyConsistency({ ...claim, oldRoot: flip(claim.oldRoot, at) })).toBe(false);
        expect(verifyConsistency({ ...claim, newRoot: flip(claim.newRoot, at) })).toBe(false);
        const swapped = { oldRoot: claim.newRoot, newRoot: claim.oldRoot };
        expect(verifyConsistency({ ...claim, ...swapped })).toBe(false);
      }),
    );
  });

  it("refuses it for any other old size", () => {
    fc.assert(
      fc.property(consistencies, (claim) => {
        for (let oldSize = 0; oldSize <= claim.newSize; oldSize++)
          if (oldSize !== claim.oldSize) expect(verifyConsistency({ ...claim, oldSize })).toBe(false);
      }),
    );
  });

  it("refuses a tree whose past was written anew, whatever nodes of it are given", () => {
    const forged = LEAVES.with(2, OTHER);
    const frontier = new Frontier();
    const store = forged.flatMap((hash, index) => [{ level: 0, index, hash }, ...frontier.append(hash)]);
    for (let oldSize = 3; oldSize < 200; oldSize++) {
      const proof = consistencyProof(oldSize, 200, store);
      const claim = { ...consistencyClaim(oldSize, 200), newRoot: frontier.root() };
      expect(verifyConsistency({ ...claim, proof })).toBe(false);
      expect(verifyConsistency(claim)).toBe(false);
    }
  });

  const [root7, root8] = [rootOf(LEAVES.slice(0, 7)), rootOf(LEAVES.slice(0, 8))];
  it.each([
    ["one size and one root", 7, root7, 7, root7, [], true],
    ["one size and two roots", 7, root7, 7, root8, [], false],
    ["one size and a proof", 7, root7, 7, root7, [OTHER], false],
    ["the empty tree twice", 0, EMPTY_ROOT, 0, EMPTY_ROOT, [], true],
    ["an empty tree with another root, twice", 0, OTHER, 0, OTHER, [], false],
    ["growth from the empty tree", 0, EMPTY_ROOT, 7, root7, [], true],
    ["growth from an empty tree with another root", 0, OTHER, 7, root7, [], false],
    ["growth from the empty tree with a proof", 0, EMPTY_ROOT, 7, root7, [OTHER], false],
    ["shrinking", 8, root8, 7, root7, [], false],
    ["shrinking under one root", 2, OTHER, 1, OTHER, [], false],
    ["shrinking to nothing", 7, root7, 0, EMPTY_ROOT, [], false],
    ["growth without a proof", 7, root7, 8, root8, [], false],
    ["growth of a complete tree without a proof", 1, LEAVES[0] ?? OTHER, 7, root7, [], false],
  ] as const)("answers for %s", (_, oldSize, oldRoot, newSize, newRoot, proof, holds) => {
    expect(verifyConsistency({ oldSize, oldRoot, newSize, newRoot, proof })).toBe(holds);
  });

  it.each(HOSTILE_COUNTS)("refuses %s as a size, and does not throw", (count) => {
    const claim = consistencyClaim(3, 7);
    expect(verifyConsistency({ ...claim, oldSize: count as number })).toBe(false);
    expect(verifyConsistency({ ...claim, newSize: count as number })).toBe(false);
  });

  it.each(HOSTILE_HASHES.map((hash) => [hash]))("refuses %s as a hash, and does not throw", (hash) => {
    const claim = consistencyClaim(3, 7);
    expect(verifyConsistency({ ...claim, oldRoot: hash as Uint8Array })).toBe(false);
    expect(verifyConsistency({ ...claim, newRoot: hash as Uint8Array })).toBe(false);
    expect(verifyConsistency({ ...claim, proof: claim.proof.with(1, hash as Uint8Array) })).toBe(false);
  });

  it.each(HOSTILE_PROOFS.map((proof, place) => [place, proof]))(
    "refuses hostile proof %i, and does not throw",
    (_, proof) => {
      for (const claim of [
        consistencyClaim(3, 7),
        consistencyClaim(4, 7),
        consistencyClaim(7, 7),
        consistencyClaim(0, 7),
      ])
        expect(verifyConsistency({ ...claim, proof: proof as Uint8Array[] })).toBe(false);
    },
  );
});
