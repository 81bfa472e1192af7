import { createGarim, type StaffIdentity } from "@garim/express";
import express from "express";
import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from "jose";
import { expect, it } from "vitest";
import { ACCOUNT, type Host, mountMarket, openGround } from "./host.ts";
import { createProxy } from "./proxy.ts";
import { tellStory } from "./story.ts";

const HEADER = "x-gateway-jwt";
const CLAIMS = { issuer: "https://gateway.example", audience: "market" } as const;

interface JwtHost extends Host {
  /** The app itself, which only the gateway should reach. */
  readonly direct: string;
}

/** A host behind a gateway, which tells by a signed JWT of one minute who is logged in. */
async function openHost(): Promise<JwtHost> {
  const { base, clock, serve, close } = await openGround();
  const { privateKey, publicKey } = await generateKeyPair("ES256");

  const gateway = createProxy({
    target: () => direct,
    now: () => clock.now,
    own: [HEADER],
    tell: async ({ id, user, loggedInAt }) => {
      const token = new SignJWT({ sid: id, auth_time: loggedInAt / 1_000 })
        .setProtectedHeader({ alg: "ES256" })
        .setSubject(user)
        .setIssuer(CLAIMS.issuer)
        .setAudience(CLAIMS.audience)
        .setExpirationTime(new Date(clock.now + 60_000));
      return { [HEADER]: await token.sign(privateKey) };
    },
  });

  async function readToken(token: string | undefined): Promise<Token | undefined> {
    if (token === undefined) return undefined;
    const options = { ...CLAIMS, algorithms: ["ES256"], currentDate: new Date(clock.now) };
    const { payload } = await jwtVerify<Token>(token, publicKey, options).catch(() => ({
      payload: undefined,
    }));
    return payload;
  }

  const garim = await createGarim({
    ...base,
    async identify(req): Promise<StaffIdentity | null> {
      const token = await readToken(req.get(HEADER));
      return token ? { kind: "staff", ...ACCOUNT, authenticatedAt: token.auth_time * 1_000 } : null;
    },
    // A gateway of one's own has an address for this: back-channel log-out.
    async signOut(req) {
      const token = await readToken(req.get(HEADER));
      if (token !== undefined) gateway.logOut(token.sid);
    },
  });
  const app = express();
  mountMarket(app, garim, (req) => readToken(req.get(HEADER)));
  const direct = await serve(app);
  return { origin: await serve(gateway.listener), direct, clock, close: () => close(garim) };
}

interface Token {
  readonly sid: string;
  /** When the log-in happened, seconds (OpenID Connect). */
  readonly auth_time: number;
}

tellStory("a JWT gateway", openHost, ({ host }) => {
  it("[J1 V6.8.2] takes no token of another key, though the header brings its public half along", async () => {
    const { origin, direct, clock } = host();
    const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
    const forged = await new SignJWT({ sid: "1", auth_time: clock.now / 1_000 })
      .setProtectedHeader({ alg: "ES256", jwk: await exportJWK(publicKey) })
      .setSubject("anna")
      .setIssuer(CLAIMS.issuer)
      .setAudience(CLAIMS.audience)
      .setExpirationTime(new Date(clock.now + 60_000))
      .sign(privateKey);
    for (const address of [direct, origin]) {
      const answer = await fetch(`${address}/line`, { headers: { [HEADER]: forged } });
      expect([answer.status, await answer.json()]).toEqual([401, NOBODY]);
    }
  });
});

const NOBODY: unknown = expect.objectContaining({ reason: "not-logged-in" });
