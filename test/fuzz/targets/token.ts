import { createTokenVerifier } from "@garim/auth";
import fc from "fast-check";
import { parseStrictObject } from "../../../packages/auth/src/token/strict-json.ts";
import { CLAIMS, encode, HEADER, someIssuer, trust } from "../../../packages/auth/test/tokens.ts";
import { mutatedText, mutatedValue } from "../mutated.ts";
import type { Target } from "../target.ts";

const issuer = someIssuer();
const verifier = createTokenVerifier(trust(issuer));
const RIGHT = issuer.mint();

/** A signed token of whatever header and claims: what an issuer gone wrong, or somebody with its key, would make. */
const signed = fc
  .tuple(mutatedValue(HEADER), mutatedValue(CLAIMS))
  .map(([header, claims]) => ({ header: JSON.stringify(header), claims: JSON.stringify(claims) }));

/** A tool's token: anybody may send any text. */
export const TOKEN: Target = {
  name: "token",
  inputs: fc.oneof(
    mutatedText(RIGHT),
    fc.string({ unit: "binary" }),
    fc.array(fc.string({ unit: "binary" }).map(encode), { maxLength: 5 }).map((parts) => parts.join(".")),
    signed,
  ),
  async check(input) {
    const text = typeof input === "string" ? input : signIt(input as { header: string; claims: string });
    const verdict = await verifier.verify(text);
    if (typeof input === "string" && verdict.kind === "token" && text !== RIGHT)
      throw new Error("a text nobody signed is a token");
    if (verdict.kind === "token") checkClaims(verdict.claims);
    const strict = parseStrictObject(Buffer.from(text));
    if (strict !== undefined && JSON.stringify(strict) !== JSON.stringify(JSON.parse(text)))
      throw new Error("read otherwise than by JSON.parse");
  },
};

/** `undefined` where a header or claims were left out as a whole. */
function signIt({ header, claims }: { readonly header?: string; readonly claims?: string }): string {
  return issuer.signText(header ?? "", claims ?? "");
}

function checkClaims(claims: Readonly<Record<string, unknown>>): void {
  for (const name of ["iss", "sub", "client_id", "jti"])
    if (typeof claims[name] !== "string" || claims[name] === "") throw new Error(`a token without ${name}`);
  const { iat, exp } = claims as { iat: number; exp: number };
  if (!(exp - iat <= 300)) throw new Error("a token that lives too long");
}
