import { sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isSignedBy, isWeakKey, privateKeyOf, publicKeyOf } from "./ed25519.ts";

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "hex"));

/** RFC 8032 section 7.1: seed, public key, message, signature. */
const VECTORS = [
  [
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "",
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  ],
  [
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  ],
  [
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    "af82",
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  ],
] as const;

describe("isSignedBy", () => {
  it.each(VECTORS)(
    "[RFC 8032 section 7.1] knows the signature of seed %s",
    (seed, publicKey, message, signature) => {
      expect(Buffer.from(publicKeyOf(privateKeyOf(bytes(seed)))).toString("hex")).toBe(publicKey);
      expect(sign(null, bytes(message), privateKeyOf(bytes(seed))).toString("hex")).toBe(signature);
      expect(isSignedBy(bytes(publicKey), bytes(message), bytes(signature))).toBe(true);
      expect(isSignedBy(bytes(publicKey), bytes(`${message}00`), bytes(signature))).toBe(false);
    },
  );

  const [, [, publicKey, message, signature]] = VECTORS;
  it("refuses a signature whose S is not reduced, so that nobody makes a second one of the first", () => {
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const s = BigInt(`0x${Buffer.from(bytes(signature).slice(32).toReversed()).toString("hex")}`) + order;
    const other = Buffer.from(s.toString(16).padStart(64, "0"), "hex").reverse();
    const malleated = Buffer.concat([bytes(signature).subarray(0, 32), other]);
    expect(isSignedBy(bytes(publicKey), bytes(message), malleated)).toBe(false);
  });

  it.each([0, 63, 65, 128])("refuses a signature of %i bytes", (length) => {
    expect(isSignedBy(bytes(publicKey), bytes(message), new Uint8Array(length))).toBe(false);
  });

  it("refuses keys that are no point, or of another length, and does not throw", () => {
    for (let y = 0; y < 40; y++)
      expect(isSignedBy(new Uint8Array(32).fill(y), bytes(message), bytes(signature))).toBe(false);
    expect(isSignedBy(new Uint8Array(31), bytes(message), bytes(signature))).toBe(false);
    expect(isSignedBy(new Uint8Array(33), bytes(message), bytes(signature))).toBe(false);
  });
});

describe("isWeakKey", () => {
  const ys = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  ];
  const keys = ys.flatMap((y) => [bytes(y), bytes(y).with(31, (bytes(y)[31] ?? 0) | 0x80)]);

  it.each(keys.map((key) => [Buffer.from(key).toString("hex"), key] as const))(
    "knows %s, which eight times is the neutral point",
    (_, key) => {
      expect(isWeakKey(key)).toBe(true);
      expect(timesEight(pointOf(key))).toEqual([0n, 1n]);
    },
  );

  it("leaves out none of the eight such points", () => {
    const points = new Set(keys.map((key) => pointOf(key).join()));
    expect(points.size).toBe(8);
  });

  it("calls no point weak that eight times is another", () => {
    const key = bytes(VECTORS[0][1]);
    expect(timesEight(pointOf(key))).not.toEqual([0n, 1n]);
    expect(isWeakKey(key)).toBe(false);
  });

  it("finds nothing in keys that a seed made", () => {
    for (let n = 0; n < 50; n++)
      expect(isWeakKey(publicKeyOf(privateKeyOf(new Uint8Array(32).fill(n))))).toBe(false);
  });
});

/** The curve of RFC 8032 section 5.1, as slow as it may be: x and y of a point. */
type Point = readonly [bigint, bigint];
const P = 2n ** 255n - 19n;
const mod = (value: bigint): bigint => ((value % P) + P) % P;

function power(base: bigint, exponent: bigint): bigint {
  if (exponent === 0n) return 1n;
  const root = power(mod(base * base), exponent / 2n);
  return exponent % 2n === 0n ? root : mod(root * base);
}

const inverse = (value: bigint): bigint => power(mod(value), P - 2n);
const D = mod(-121665n * inverse(121666n));

/** RFC 8032 section 5.1.3, without its refusal of a y that is not reduced. */
function pointOf(key: Uint8Array): Point {
  const bits = BigInt(`0x${Buffer.from(key.toReversed()).toString("hex")}`);
  const y = mod(bits % 2n ** 255n);
  const square = mod((y * y - 1n) * inverse(D * y * y + 1n));
  const candidate = power(square, (P + 3n) / 8n);
  const x = mod(candidate * candidate) === square ? candidate : mod(candidate * power(2n, (P - 1n) / 4n));
  expect(mod(x * x)).toBe(square);
  return [x % 2n === bits / 2n ** 255n ? x : mod(-x), y];
}

function double([x, y]: Point): Point {
  const product = mod(D * x * x * y * y);
  return [mod(2n * x * y * inverse(1n + product)), mod((y * y + x * x) * inverse(1n - product))];
}

function timesEight(point: Point): Point {
  return double(double(double(point)));
}
