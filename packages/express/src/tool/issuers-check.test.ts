import { describe, expect, it } from "vitest";
import { checkIssuers } from "./issuers-check.ts";
import type { ToolOptions } from "./options.ts";

const OWN = { issuer: "https://market.example/oauth", audience: "https://market.example/api" };
const right = { issuer: "https://id.example", jwks: "https://id.example/jwks", toolOf: () => null };
const asked = { endpoint: "https://id.example/introspect", clientId: "market", clientSecret: "s" };

const check = (issuers: unknown, isProduction = true): void =>
  checkIssuers({ ...OWN, issuers } as ToolOptions, isProduction);

describe("checkIssuers", () => {
  it.each([
    ["none", undefined],
    ["keys at an address", [right]],
    ["a key set", [{ ...right, jwks: { keys: [] } }]],
    ["a function that reads keys", [{ ...right, jwks: async () => ({ keys: [] }) }]],
    ["grants made there", [{ ...right, grants: () => [] }]],
    ["an endpoint asked with a secret", [{ ...right, introspection: asked }]],
    [
      "an endpoint asked with a key",
      [
        {
          ...right,
          introspection: { ...asked, clientSecret: undefined, privateKey: { kid: "k", alg: "ES256" } },
        },
      ],
    ],
  ])("takes %s", (_, issuers) => {
    expect(() => check(issuers)).not.toThrow();
  });

  it.each([
    ["no list", { ...right }, "tools.issuers to be a list"],
    ["an option it does not know", [{ ...right, jwk: {} }], "Did you mean jwks?"],
    ["no name", [{ ...right, issuer: "" }], "tools.issuers.issuer"],
    ["the token server's own name", [{ ...right, issuer: OWN.issuer }], "none of them tools.issuer"],
    ["one name twice", [right, right], "issuers of different names"],
    ["no keys", [{ ...right, jwks: undefined }], "tools.issuers.jwks"],
    ["keys without TLS", [{ ...right, jwks: "http://id.example/jwks" }], "tools.issuers.jwks"],
    [
      "keys of this machine, in production",
      [{ ...right, jwks: "http://127.0.0.1/jwks" }],
      "tools.issuers.jwks",
    ],
    ["nobody who knows the tools", [{ ...right, toolOf: "T1" }], "tools.issuers.toolOf"],
    ["grants that are none", [{ ...right, grants: [] }], "tools.issuers.grants"],
    [
      "an endpoint that is none",
      [{ ...right, introspection: { ...asked, endpoint: "/x" } }],
      "introspection.endpoint",
    ],
    ["no client", [{ ...right, introspection: { ...asked, clientId: "" } }], "a clientId, and"],
    [
      "no proof",
      [{ ...right, introspection: { ...asked, clientSecret: undefined } }],
      "a clientSecret or a privateKey",
    ],
    [
      "two proofs",
      [{ ...right, introspection: { ...asked, privateKey: { kid: "k", alg: "ES256" } } }],
      "a clientSecret or a privateKey",
    ],
    [
      "a key without its name",
      [{ ...right, introspection: { ...asked, clientSecret: undefined, privateKey: { alg: "ES256" } } }],
      "introspection.privateKey",
    ],
  ])("refuses %s, and says what to write", (_, issuers, seen) => {
    expect(() => check(issuers)).toThrow(seen);
  });

  it("lets keys lie on this machine while developing", () => {
    expect(() => check([{ ...right, jwks: "http://127.0.0.1:4000/jwks" }], false)).not.toThrow();
  });
});
