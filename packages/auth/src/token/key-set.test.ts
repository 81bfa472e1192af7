import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { DEFAULT_ALGORITHMS, TOKEN_ALGORITHMS, type TokenAlgorithm } from "./algorithm.ts";
import { readKeySet } from "./key-set.ts";

const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const rsa = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const ed = generateKeyPairSync("ed25519");

const publicOf = ({ publicKey }: typeof ec) => publicKey.export({ format: "jwk" });
const EC = { ...publicOf(ec), kid: "ec" };
const RSA = { ...publicOf(rsa), kid: "rsa" };
const ED = { ...publicOf(ed), kid: "ed" };

/** Which keys of a set a token finds, by algorithm and kid. */
async function findable(keys: readonly object[], algorithms: readonly TokenAlgorithm[]) {
  const find = readKeySet({ keys }, algorithms);
  const asks = TOKEN_ALGORITHMS.flatMap((alg) => ["ec", "rsa", "ed"].map((kid) => ({ alg, kid })));
  const found = await Promise.all(
    asks.map(async (ask) => {
      try {
        await find(ask, { payload: "", signature: "" });
        return `${ask.alg} ${ask.kid}`;
      } catch {
        return undefined;
      }
    }),
  );
  return found.filter((ask) => ask !== undefined);
}

describe("readKeySet", () => {
  it("gives a key to the algorithm it is for, and passes over the others", async () => {
    expect(await findable([EC, RSA, ED], DEFAULT_ALGORITHMS)).toContain("ES256 ec");
    expect(await findable([EC], ["ES256"])).toEqual(["ES256 ec"]);
    expect(await findable([{ ...EC, alg: "ES256", use: "sig", key_ops: ["verify"] }], ["ES256"])).toEqual([
      "ES256 ec",
    ]);
    expect(await findable([EC, { ...RSA, alg: "PS256" }], ["ES256", "PS256"])).toEqual([
      "ES256 ec",
      "PS256 rsa",
    ]);
    expect(await findable([{ ...ED, alg: "Ed25519" }], ["EdDSA", "Ed25519"])).toEqual(["Ed25519 ed"]);
  });

  it.each([
    ["no key", []],
    ["a key for encryption", [{ ...EC, use: "enc" }]],
    ["a key that may not verify", [{ ...EC, key_ops: ["encrypt"] }]],
    ["a key of another algorithm", [{ ...EC, alg: "ECDH-ES" }]],
    ["an RSA key that names no algorithm", [RSA]],
    ["an RSA key called an elliptic one", [{ ...RSA, alg: "ES256" }]],
    ["a key of another curve than its algorithm", [{ ...EC, alg: "ES384" }]],
  ])("finds nothing to use in %s", (_, keys) => {
    expect(() => readKeySet({ keys }, TOKEN_ALGORITHMS)).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_KEYS_MISSING" }),
    );
  });

  it.each([
    ["no set", undefined],
    ["a list", [EC]],
    ["keys that are none", { keys: [null] }],
    ["a private key", { keys: [{ ...ec.privateKey.export({ format: "jwk" }), kid: "ec" }] }],
    ["a shared secret", { keys: [EC, { kty: "oct", kid: "hs", k: "c2VjcmV0" }] }],
    ["a key without kid", { keys: [publicOf(ec)] }],
    ["a kid that is a number", { keys: [{ ...EC, kid: 1 }] }],
    ["two keys of one kid", { keys: [EC, { ...ED, kid: "ec" }] }],
  ])("[V9.1.3] refuses %s", (_, jwks) => {
    expect(() => readKeySet(jwks, DEFAULT_ALGORITHMS)).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_KEYS_INVALID" }),
    );
  });

  it("never repeats a secret in its message", () => {
    const keys = [{ kty: "oct", kid: "hs", k: "c2VjcmV0" }];
    expect(() => readKeySet({ keys }, DEFAULT_ALGORITHMS)).toThrow(/^(?!.*c2VjcmV0).*secret key/);
  });

  it("keeps its own copy", async () => {
    const keys = [{ ...EC }];
    const find = readKeySet({ keys }, ["ES256"]);
    for (const key of keys) key.kid = "other";
    expect(await find({ alg: "ES256", kid: "ec" }, { payload: "", signature: "" })).toBeDefined();
  });
});
