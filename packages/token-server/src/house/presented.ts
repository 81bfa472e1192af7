import { createTokenVerifier, type IssuedTokens, type TokenVerifier, type VerifiedToken } from "@garim/auth";
import type { PresentedToken } from "../core/core.ts";
import type { Desk } from "./desk.ts";

/** Reads tokens shown for introspection or revocation: `undefined` for what is no live token of this server. */
export function createPresented(desk: Desk): (text: string) => Promise<PresentedToken | undefined> {
  const { issuer, audience, keys, clock } = desk;
  // Revocations are looked up behind it, where asking the database is possible.
  const isLive = ({ keyId }: VerifiedToken): boolean => keys.isLive(keyId);
  const verifier = createTokenVerifier({ issuer, audience, jwks: () => keys.publicSet(), isLive, clock });
  let known = "";
  return (text) => {
    const kids = keys
      .publicSet()
      .keys.map(({ kid }) => kid)
      .join(" ");
    // The keys are this node's own copy: reading them anew costs nothing, and a new key is known at once.
    if (kids !== known) verifier.forget();
    known = kids;
    return present(text, verifier, desk.issued);
  };
}

async function present(
  text: string,
  verifier: TokenVerifier,
  issued: IssuedTokens,
): Promise<PresentedToken | undefined> {
  const token = await verifier.verify(text);
  if (token.kind === "refuse" || !(await issued.isIssued(token.id))) return undefined;
  const { id, clientId: toolId, subject, claims, issuedAt, expiresAt } = token;
  const grantId = claims["grant_id"];
  return {
    id,
    toolId,
    sellerId: subject === toolId ? null : subject,
    grantId: typeof grantId === "string" ? grantId : null,
    audience: String(claims["aud"]),
    scope: String(claims["scope"]),
    details: claims["authorization_details"] as readonly object[],
    confirmation: claims["cnf"] as Readonly<Record<string, string>>,
    issuedAt: issuedAt / 1_000,
    expiresAt: expiresAt / 1_000,
  };
}
