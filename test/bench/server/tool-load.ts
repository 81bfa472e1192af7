import { generateKeyPairSync, hash, type KeyObject, randomUUID, sign } from "node:crypto";
import autocannon from "autocannon";
import { SELLER_HEADER, SELLERS } from "./shop.ts";
import { AUDIENCE, TOKEN_PATH } from "./tool-words.ts";

/** A tool that asks as tools do: one token for all sellers, a proof of its own for each request. */
export interface ToolLoad {
  /** Sends requests over one connection a seller. @throws Error where an answer is not 2xx */
  sendRequests(port: number, count: number): Promise<void>;
  /** What one request is sent with; its proof is good once. */
  headersOf(seller: number): ToolHeaders;
  /** One answer, to look at. */
  ask(port: number, seller: number): Promise<Response>;
  /** A new token for what follows. */
  renew(): Promise<void>;
}

export type ToolHeaders = Readonly<Record<"authorization" | "dpop" | typeof SELLER_HEADER, string>>;

/**
 * @param guarded - the port of the server that gives tokens
 * @param origin - by which the server knows itself
 */
export async function openToolLoad(
  guarded: number,
  path: string,
  origin: string = new URL(AUDIENCE).origin,
): Promise<ToolLoad> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { kty, crv, x, y } = publicKey.export({ format: "jwk" });
  const jkt = hash("sha256", JSON.stringify({ crv, kty, x, y }), "base64url");
  const head = encode({ alg: "ES256", typ: "dpop+jwt", jwk: { kty, crv, x, y } });
  const htu = origin + path;
  let token = "";

  const prove = (): string => {
    const ath = hash("sha256", token, "base64url");
    const claims = { jti: randomUUID(), htm: "GET", htu, iat: Math.floor(Date.now() / 1_000), ath };
    return signed(`${head}.${encode(claims)}`, privateKey);
  };
  const headersOf = (seller: number): ToolHeaders => ({
    authorization: `DPoP ${token}`,
    dpop: prove(),
    [SELLER_HEADER]: String(seller),
  });
  const load: ToolLoad = {
    async renew() {
      token = await fetchToken(guarded, jkt);
    },
    headersOf,
    ask: (port, seller) => fetch(`http://127.0.0.1:${port}${path}`, { headers: headersOf(seller) }),
    async sendRequests(port, amount) {
      let next = 0;
      const setupRequest = (request: object) => ({ ...request, headers: headersOf(next++ % SELLERS.length) });
      const url = `http://127.0.0.1:${port}${path}`;
      // What is sent again after a timeout has its proof of before, and is refused.
      const extent = { connections: SELLERS.length, amount, sampleInt: 50, timeout: 120 };
      const result = await autocannon({ url, ...extent, requests: [{ method: "GET", path, setupRequest }] });
      const wrong = result.non2xx + result.errors;
      // A stall of the machine is answered with 503, as long as nobody can tell what is revoked; a few change no figure.
      if (wrong > amount / 100)
        throw new Error(
          `${path}: ${result.non2xx} answers were not 2xx (4xx: ${result["4xx"]}), ${result.errors} requests had none`,
        );
    },
  };
  await load.renew();
  return load;
}

async function fetchToken(port: number, jkt: string): Promise<string> {
  const headers = { "content-type": "application/json" };
  const init = { method: "POST", headers, body: JSON.stringify({ jkt }) };
  const answer = await fetch(`http://127.0.0.1:${port}${TOKEN_PATH}`, init);
  if (!answer.ok) throw new Error(`no token: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { readonly token: string }).token;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function signed(input: string, key: KeyObject): string {
  const signature = sign("sha256", Buffer.from(input), { key, dsaEncoding: "ieee-p1363" });
  return `${input}.${signature.toString("base64url")}`;
}
