import { ed25519Signer, type NoteSigner } from "../note/signer.ts";
import { parseVerifierKey } from "../note/verifier-key.ts";
import { readKey } from "./key-bytes.ts";

/** @param seed - 32 bytes in base64 */
export function openSigner(name: string, seed: string): NoteSigner {
  return ed25519Signer(name, readKey(seed));
}

/** The id that signed notes give a key: 8 hex digits. */
export function signerId(name: string, seed: string): string {
  return parseVerifierKey(openSigner(name, seed).verifierKey).keyId;
}
