import { generateKeyPairSync, hash, type KeyObject, randomUUID, sign } from "node:crypto";

/** A tool's key. */
export interface Prover {
  readonly jkt: string;
  /** A proof for one `GET` (RFC 9449). */
  prove(token: string, url: string): string;
}

export function createProver(): Prover {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { kty, crv, x, y } = publicKey.export({ format: "jwk" });
  const head = encode({ alg: "ES256", typ: "dpop+jwt", jwk: { kty, crv, x, y } });
  return {
    jkt: hash("sha256", JSON.stringify({ crv, kty, x, y }), "base64url"),
    prove(token, htu) {
      const ath = hash("sha256", token, "base64url");
      const claims = { jti: randomUUID(), htm: "GET", htu, iat: Math.floor(Date.now() / 1_000), ath };
      return signed(`${head}.${encode(claims)}`, privateKey);
    },
  };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function signed(input: string, key: KeyObject): string {
  const signature = sign("sha256", Buffer.from(input), { key, dsaEncoding: "ieee-p1363" });
  return `${input}.${signature.toString("base64url")}`;
}
