import { describe, expect, it } from "vitest";
import { API, ISSUER, someIssuer, trust } from "../../test/tokens.ts";
import { resolveTokenOptions } from "./options.ts";
import type { TokenVerifierOptions } from "./token.ts";
import { createTokenVerifier } from "./verifier.ts";

const issuer = someIssuer();
const resolve = (more: object) => resolveTokenOptions({ ...trust(issuer), ...more } as TokenVerifierOptions);

describe("resolveTokenOptions", () => {
  it("takes ES256 and EdDSA, five minutes and ten thousand tokens where nothing is said", () => {
    const { jwks, isLive } = trust(issuer);
    const given = { issuer: ISSUER, audience: API, jwks, isLive, maxTtlSeconds: undefined } as unknown;
    expect(resolveTokenOptions(given as TokenVerifierOptions)).toMatchObject({
      algorithms: ["ES256", "EdDSA"],
      maxTtlSeconds: 300,
      cacheEntries: 10_000,
      clock: Date.now,
    });
  });

  it("names the nearest option to a misspelt one", () => {
    expect(() => resolve({ maxTtlSecond: 60 })).toThrow(
      expect.objectContaining({
        code: "ERR_GARIM_OPTION_UNKNOWN",
        message: expect.stringContaining("Did you mean maxTtlSeconds?"),
      }),
    );
  });

  it.each([
    [{ issuer: "" }, "issuer"],
    [{ issuer: [ISSUER] }, "issuer"],
    [{ audience: "" }, "audience"],
    [{ audience: [API] }, "audience"],
    [{ audience: ISSUER }, "audience"],
    [{ isLive: undefined }, "isLive"],
    [{ isLive: true }, "isLive"],
    [{ clock: 0 }, "clock"],
    [{ algorithms: [] }, "algorithms"],
    [{ algorithms: "ES256" }, "algorithms"],
    [{ algorithms: ["ES256", "HS256"] }, "algorithms"],
    [{ algorithms: ["none"] }, "algorithms"],
    [{ algorithms: ["es256"] }, "algorithms"],
    [{ algorithms: ["toString"] }, "algorithms"],
    [{ maxTtlSeconds: 0 }, "maxTtlSeconds"],
    [{ maxTtlSeconds: 301 }, "maxTtlSeconds"],
    [{ maxTtlSeconds: 1.5 }, "maxTtlSeconds"],
    [{ cacheEntries: 0 }, "cacheEntries"],
    [{ cacheEntries: Number.POSITIVE_INFINITY }, "cacheEntries"],
  ])("[V9.1.2] refuses %j, and says what to write", (more, name) => {
    expect(() => resolve(more)).toThrow(
      expect.objectContaining({
        code: "ERR_GARIM_OPTION_INVALID",
        message: expect.stringMatching(new RegExp(`${name} must be .*; write ${name}: `)),
      }),
    );
  });

  it("are checked before anything is made, the keys with them", () => {
    const broken = { ...trust(issuer), jwks: { keys: [] } };
    expect(() => createTokenVerifier(broken)).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_KEYS_MISSING" }),
    );
  });
});
