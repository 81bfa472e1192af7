import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { EMPTY_ROOT, hashPrefixed, leafHash, nodeHash } from "./hash.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "hex"));
const ONE = new Uint8Array(32).fill(1);
const TWO = new Uint8Array(32).fill(2);

/** The leaves of the certificate-transparency reference tree. */
const LEAVES: readonly (readonly [string, string])[] = [
  ["", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"],
  ["00", "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"],
  ["10", "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7"],
  ["2021", "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7"],
  ["3031", "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"],
  ["40414243", "4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658"],
  ["5051525354555657", "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f"],
  ["606162636465666768696a6b6c6d6e6f", "46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1"],
];

describe("leafHash", () => {
  it.each(LEAVES)("[RFC 9162 2.1.1] hashes the record %j behind 0x00", (record, hash) => {
    expect(hex(leafHash(bytes(record)))).toBe(hash);
  });

  it("hashes a record larger than any pool of buffers", () => {
    const record = new Uint8Array(1_000_003).fill(7);
    const expected = createHash("sha256").update(Uint8Array.of(0)).update(record).digest("hex");
    expect(hex(leafHash(record))).toBe(expected);
  });

  it("gives bytes of their own: a later hash does not change an earlier one", () => {
    const first = leafHash(ONE);
    const before = hex(first);
    leafHash(TWO);
    nodeHash(ONE, TWO);
    expect(hex(first)).toBe(before);
  });
});

describe("hashPrefixed", () => {
  it.each(LEAVES)("hashes the record %j cut out of a larger buffer as leafHash does", (record, hash) => {
    const buffer = Buffer.concat([Buffer.from("ffff00", "hex"), bytes(record), Buffer.from("ff", "hex")]);
    expect(hex(hashPrefixed(buffer.subarray(2, buffer.length - 1)))).toBe(hash);
  });

  it.each([
    ["an inner node's bytes", Buffer.concat([Uint8Array.of(1), ONE, TWO])],
    ["nothing", new Uint8Array()],
  ])("refuses %s", (_, prefixed) => {
    expect(() => hashPrefixed(prefixed)).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_PROOF_INVALID" }),
    );
  });
});

describe("nodeHash", () => {
  it("[RFC 9162 2.1.1] hashes both children behind 0x01", () => {
    const [left, right] = LEAVES;
    expect(hex(nodeHash(bytes(left?.[1] ?? ""), bytes(right?.[1] ?? "")))).toBe(
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    );
  });

  it("is neither symmetric nor the hash of a leaf with the same bytes", () => {
    expect(hex(nodeHash(ONE, TWO))).not.toBe(hex(nodeHash(TWO, ONE)));
    expect(hex(nodeHash(ONE, TWO))).not.toBe(hex(leafHash(Buffer.concat([ONE, TWO]))));
  });

  it("takes its own result as a child", () => {
    const node = nodeHash(ONE, TWO);
    const expected = createHash("sha256").update(Uint8Array.of(1)).update(node).update(node).digest("hex");
    expect(hex(nodeHash(node, node))).toBe(expected);
  });

  it.each([
    [31, 32],
    [33, 32],
    [32, 31],
    [32, 33],
    [0, 64],
  ])("refuses children of %i and %i bytes", (left, right) => {
    expect(() => nodeHash(new Uint8Array(left), new Uint8Array(right))).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_PROOF_INVALID" }),
    );
  });
});

describe("EMPTY_ROOT", () => {
  it("[RFC 9162 2.1.1] is the hash of nothing", () => {
    expect(hex(EMPTY_ROOT)).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  });
});
