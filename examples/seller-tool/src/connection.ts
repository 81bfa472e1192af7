import * as oauth from "openid-client";
import { ASKED, type Client, SCOPE } from "./client.ts";
import type { Language } from "./language.ts";
import type { Store } from "./store.ts";

/** A seller on the way through the marketplace. */
export interface Journey {
  /** Where their browser goes. */
  readonly url: URL;
  readonly state: string;
  readonly verifier: string;
}

/** Begins to connect a seller: what is asked is pushed to the marketplace first (PAR), so no browser can change it. */
export async function beginConnection(
  { config, DPoP }: Client,
  redirectUri: string,
  language: Language,
): Promise<Journey> {
  const verifier = oauth.randomPKCECodeVerifier();
  const state = oauth.randomState();
  const parameters = {
    redirect_uri: redirectUri,
    scope: SCOPE,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    authorization_details: JSON.stringify([ASKED]),
    state,
    // The seller reads on in the language they read here.
    ui_locales: language,
  };
  return { url: await oauth.buildAuthorizationUrlWithPAR(config, parameters, { DPoP }), state, verifier };
}

/**
 * Ends it: the code is redeemed, and the answer says which seller agreed.
 *
 * The tokens of the flow are not kept. What counts is the grant at the marketplace; a machine token reads for all who gave one, and
 * no seller is cut off because a refresh token was lost.
 */
export async function endConnection(
  { config, DPoP }: Client,
  store: Store,
  { state, verifier }: Journey,
  cameBackTo: URL,
): Promise<readonly string[]> {
  const checks = { expectedState: state, pkceCodeVerifier: verifier };
  const tokens = await oauth.authorizationCodeGrant(config, cameBackTo, checks, undefined, { DPoP });
  const agreed = sellersOf(tokens) ?? [];
  store.write({ sellers: [...new Set([...store.read().sellers, ...agreed])].sort() });
  return agreed;
}

/** The sellers a token is good for; `undefined` where it says none. */
export function sellersOf(tokens: oauth.TokenEndpointResponse): readonly string[] | undefined {
  const [detail] = tokens.authorization_details ?? [];
  return detail?.["sellers"] as readonly string[] | undefined;
}
