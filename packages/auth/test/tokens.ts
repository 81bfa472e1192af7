import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type { TokenKeySet, TokenVerifierOptions } from "../src/token/token.ts";
import { type HandClock, handClock, NOON } from "./people.ts";

export const ISSUER = "https://market.example/oauth";
export const API = "https://market.example/api";

/** Noon in the seconds of a claim. */
export const NOON_SECONDS: number = NOON / 1_000;

export type Members = Readonly<Record<string, unknown>>;

/** A right header and right claims; a member set to `undefined` is left out. */
export const HEADER: Members = { alg: "ES256", typ: "at+jwt", kid: "k1" };
export const CLAIMS: Members = {
  iss: ISSUER,
  aud: API,
  sub: "seller-1",
  client_id: "tool-1",
  jti: "token-1",
  iat: NOON_SECONDS,
  exp: NOON_SECONDS + 300,
};

/** An issuer with one key: whoever has it signs whatever they like. */
export interface TestIssuer {
  readonly jwks: TokenKeySet;
  readonly privateKey: KeyObject;
  /** Signs ES256, whatever the header says. Texts stand in the token as they are. */
  signText(header: string, payload: string): string;
  /** A right token but for what is changed. */
  mint(claims?: Members, header?: Members): string;
}

export function someIssuer(kid = "k1"): TestIssuer {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const signText = (header: string, payload: string) => {
    const input = `${encode(header)}.${encode(payload)}`;
    const signature = sign("sha256", Buffer.from(input), { key: privateKey, dsaEncoding: "ieee-p1363" });
    return `${input}.${signature.toString("base64url")}`;
  };
  return {
    jwks: { keys: [{ ...publicKey.export({ format: "jwk" }), kid, alg: "ES256", use: "sig" }] },
    privateKey,
    signText,
    mint: (claims = {}, header = {}) =>
      signText(JSON.stringify({ ...HEADER, kid, ...header }), JSON.stringify({ ...CLAIMS, ...claims })),
  };
}

/** Options of a verifier that trusts an issuer, its clock set by hand to noon. */
export function trust(
  { jwks }: Pick<TestIssuer, "jwks">,
  more: Partial<TokenVerifierOptions> = {},
): TokenVerifierOptions & { readonly clock: HandClock } {
  return { issuer: ISSUER, audience: API, jwks, isLive: () => true, ...more, clock: handClock() };
}

export function encode(text: string | Uint8Array): string {
  return Buffer.from(text).toString("base64url");
}
