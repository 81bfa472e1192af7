import { generateKeyPairSync, hash, type KeyObject, sign } from "node:crypto";
import { memoryState, type StateStore } from "../src/index.ts";
import type { SentToken } from "../src/token/sender.ts";
import { encode, type Members, NOON_SECONDS } from "./tokens.ts";

export const LINES_URL = "https://market.example/api/lines";

/** A tool's key and the proofs it makes. */
export interface TestProver {
  readonly publicJwk: Members;
  readonly privateKey: KeyObject;
  /** What a token's `cnf.jkt` names. */
  readonly thumbprint: string;
  /** Signs ES256, whatever the header says. */
  signText(header: string, payload: string): string;
  /** A right proof of `GET` {@link LINES_URL} at noon but for what is changed; a member set to `undefined` is left out. */
  prove(token: string, claims?: Members, header?: Members): string;
}

let proofs = 0;

export function someProver(): TestProver {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { kty, crv, x, y } = publicKey.export({ format: "jwk" });
  const publicJwk = { kty, crv, x, y };
  const signText = (header: string, payload: string) => {
    const input = `${encode(header)}.${encode(payload)}`;
    const signature = sign("sha256", Buffer.from(input), { key: privateKey, dsaEncoding: "ieee-p1363" });
    return `${input}.${signature.toString("base64url")}`;
  };
  return {
    publicJwk,
    privateKey,
    thumbprint: hash("sha256", JSON.stringify({ crv, kty, x, y }), "base64url"),
    signText,
    prove: (token, claims = {}, header = {}) =>
      signText(
        JSON.stringify({ alg: "ES256", typ: "dpop+jwt", jwk: publicJwk, ...header }),
        JSON.stringify({ ...proofClaims(token), ...claims }),
      ),
  };
}

/** Right claims of a proof, with an id of its own. */
export function proofClaims(token: string): Members {
  const ath = hash("sha256", token, "base64url");
  return { jti: `proof-${proofs++}`, htm: "GET", htu: LINES_URL, iat: NOON_SECONDS, ath };
}

/** A token sent as a tool sends it. */
export function sentBy(token: string, proof: string | undefined, more: Partial<SentToken> = {}): SentToken {
  return { scheme: "dpop", text: token, method: "GET", url: LINES_URL, proof, certificate: null, ...more };
}

/** A store whose every answer takes 5 ms, so that what races does race. */
export function slowState(clock: () => number): StateStore {
  const state = memoryState({ clock });
  const late = async <T>(answer: () => Promise<T>): Promise<T> => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return answer();
  };
  return {
    read: (key) => late(() => state.read(key)),
    write: (...write) => late(() => state.write(...write)),
    remove: (...remove) => late(() => state.remove(...remove)),
  };
}
