import { generateKeyPairSync } from "node:crypto";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { CLAIMS, HEADER, trust } from "../../test/tokens.ts";
import { DEFAULT_ALGORITHMS, TOKEN_ALGORITHMS } from "./algorithm.ts";
import { createTokenVerifier } from "./verifier.ts";

/** A token and its issuer's public key, made by jose. */
async function mint(alg: string) {
  const { privateKey, publicKey } = await generateKeyPair(alg);
  const token = await new SignJWT({ ...CLAIMS }).setProtectedHeader({ ...HEADER, alg }).sign(privateKey);
  return { token, jwks: { keys: [{ ...(await exportJWK(publicKey)), kid: "k1", alg }] } };
}

describe("TOKEN_ALGORITHMS", () => {
  it.each(TOKEN_ALGORITHMS)(
    "have a token of %s taken where it is named, and by default only if it is one of them",
    async (alg) => {
      const { token, jwks } = await mint(alg);
      const naming = createTokenVerifier(trust({ jwks }, { algorithms: [alg] }));
      expect(await naming.verify(token)).toMatchObject({ kind: "token" });
      if (DEFAULT_ALGORITHMS.includes(alg))
        expect(await createTokenVerifier(trust({ jwks })).verify(token)).toMatchObject({ kind: "token" });
      else expect(() => createTokenVerifier(trust({ jwks }))).toThrow("has no key for ES256 or EdDSA");
    },
  );

  it("[V9.1.2] name no symmetric one, and not none", () => {
    expect(TOKEN_ALGORITHMS.filter((alg) => /^(?:HS|none)/i.test(alg))).toEqual([]);
  });

  it("[V11.2.3] do not make an RSA key of 1024 bits do", async () => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 1_024 });
    const { token } = await mint("PS256");
    const jwks = { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k1", alg: "PS256" }] };
    const verifier = createTokenVerifier(trust({ jwks }, { algorithms: ["PS256"] }));
    expect(await verifier.verify(token)).toMatchObject({ fault: "key" });
  });
});
