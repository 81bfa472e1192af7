import { hash } from "node:crypto";
import { isGarimError } from "@garim/policy";
import { LRUCache } from "lru-cache";
import { stateUnavailable } from "../state/store.ts";
import { findTimeFault, readToken } from "./claims.ts";
import { isFault, refuseToken, type TokenFault } from "./fault.ts";
import { isTokenText, type KeyFinder, verifyJws } from "./jws.ts";
import { createKeyRing } from "./key-ring.ts";
import { resolveTokenOptions } from "./options.ts";
import type { TokenVerifier, TokenVerifierOptions, VerifiedToken } from "./token.ts";

/** A token verified before, and the keys it was verified with. */
interface Remembered {
  readonly token: VerifiedToken;
  readonly keys: KeyFinder;
}

/**
 * Makes the verifier of a deployment's tool tokens.
 *
 * A token verified before is not verified again while the same keys are in force: what is left is to ask whether it still lives,
 * and a look at the clock.
 *
 * @throws GarimError `ERR_GARIM_OPTION_UNKNOWN`, `ERR_GARIM_OPTION_INVALID`; and for a key set given as a value
 *   `ERR_GARIM_KEYS_INVALID`, `ERR_GARIM_KEYS_MISSING`
 */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const settings = resolveTokenOptions(options);
  const { jwks, algorithms, isLive, clock } = settings;
  const ring = createKeyRing(jwks, algorithms, clock);
  // By the hash of the very text that was verified: another text of the same token is verified itself, and no token lies in memory.
  const remembered = new LRUCache<string, Remembered>({ max: settings.cacheEntries });

  async function verifyWith(text: string, keys: KeyFinder): Promise<VerifiedToken | TokenFault> {
    const jws = await verifyJws(text, keys, algorithms);
    return isFault(jws) ? jws : readToken(jws, settings);
  }

  async function learn(text: string, name: string, known: KeyFinder): Promise<VerifiedToken | TokenFault> {
    let keys = known;
    let token = await verifyWith(text, keys);
    const newer = token === "key" ? await ring.renew(keys) : undefined;
    if (newer !== undefined) {
      keys = newer;
      token = await verifyWith(text, keys);
    }
    if (!isFault(token)) remembered.set(name, { token, keys });
    return token;
  }

  function findUseFault(token: VerifiedToken): TokenFault | undefined {
    return findTimeFault(token, clock()) ?? (askLive(isLive, token) ? undefined : "dead");
  }

  return {
    async verify(text) {
      if (!isTokenText(text)) return refuseToken("malformed");
      const keys = ring.known() ?? (await ring.read());
      const name = hash("sha256", text, "base64url");
      const found = remembered.get(name);
      const token = found?.keys === keys ? found.token : await learn(text, name, keys);
      if (isFault(token)) return refuseToken(token);
      const fault = findUseFault(token);
      return fault === undefined ? token : refuseToken(fault);
    },
    forget() {
      ring.forget();
      remembered.clear();
    },
  };
}

/** A port that cannot tell gives no data; one that answers with a promise has not told. */
function askLive(isLive: TokenVerifierOptions["isLive"], token: VerifiedToken): boolean {
  try {
    return isLive(token) === true;
  } catch (cause) {
    if (isGarimError(cause)) throw cause;
    throw stateUnavailable(
      "isLive of createTokenVerifier threw, so the token was not used. Look at the cause.",
      cause,
    );
  }
}
