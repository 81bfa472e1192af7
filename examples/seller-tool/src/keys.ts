import type { webcrypto } from "node:crypto";
import type { CryptoKeyPair } from "openid-client";
import type { KeyPair, Store } from "./store.ts";

const ES256 = { name: "ECDSA", namedCurve: "P-256" } as const;

/** The key the marketplace knows this tool's key by. */
export const KEY_ID = "key-1";

/** Makes the tool's keys on its first run. */
export async function makeKeys(store: Store): Promise<void> {
  const { clientKey, proofKey } = store.read();
  if (clientKey === null || proofKey === null)
    store.write({ clientKey: await makePair(), proofKey: await makePair() });
}

async function makePair(): Promise<KeyPair> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(ES256, true, ["sign", "verify"]);
  return { publicJwk: await exportKey(publicKey), privateJwk: await exportKey(privateKey) };
}

async function exportKey(key: webcrypto.CryptoKey): Promise<webcrypto.JsonWebKey> {
  const jwk = await crypto.subtle.exportKey("jwk", key);
  // What it may do says the key that is imported.
  delete jwk.key_ops;
  delete jwk.ext;
  return jwk;
}

/** A pair as Web Crypto uses it. */
export async function importPair({ publicJwk, privateJwk }: KeyPair): Promise<CryptoKeyPair> {
  const publicKey = await crypto.subtle.importKey("jwk", publicJwk, ES256, true, ["verify"]);
  const privateKey = await crypto.subtle.importKey("jwk", privateJwk, ES256, false, ["sign"]);
  return { publicKey, privateKey };
}
