import { GarimError } from "@garim/policy";
import { isWeakKey, KEY_BYTES } from "./ed25519.ts";
import { formatKeyText, isKeyName, keyIdOf, parseKeyText } from "./key-text.ts";

/** The public key that opens notes. Whoever checks a log must have it from somewhere else than the log. */
export interface VerifierKey {
  /** Of the one who signs, such as `audit.shop.example/log`: no spaces, no plus sign. */
  readonly name: string;
  /** 8 lower-case hex digits that tell keys of one name apart. */
  readonly keyId: string;
  /** 32 bytes, Ed25519. */
  readonly publicKey: Uint8Array;
}

/**
 * A verifier key from its parts.
 *
 * @param publicKey - 32 bytes, Ed25519
 * @throws GarimError `ERR_GARIM_KEYS_INVALID`
 */
export function verifierKey(name: string, publicKey: Uint8Array): VerifierKey {
  checkKeyName(name);
  if (publicKey.length !== KEY_BYTES) throw invalid("An Ed25519 public key has 32 bytes");
  if (isWeakKey(publicKey))
    throw invalid(
      `The public key of ${name} is a point of small order, with which anybody can sign; make another`,
    );
  return { name, keyId: keyIdOf(name, publicKey), publicKey: Uint8Array.from(publicKey) };
}

/**
 * Reads a verifier key: `<name>+<key id in hex>+<base64 of 0x01 and the public key>`.
 *
 * @throws GarimError `ERR_GARIM_KEYS_INVALID`; the message does not repeat the text, for it may be a private key
 * @source C2SP signed-note, Verifier keys
 */
export function parseVerifierKey(text: string): VerifierKey {
  if (text.startsWith("PRIVATE+KEY+"))
    throw invalid(
      "A private key was given where the verifier key belongs; give the public one, name+id+base64",
    );
  const parsed = parseKeyText(text);
  if (parsed === undefined)
    throw invalid(
      "A verifier key has the form name+id+base64: a name without spaces, 8 hex digits, an Ed25519 key",
    );
  const key = verifierKey(parsed.name, parsed.key);
  if (key.keyId === parsed.keyId) return key;
  throw invalid(
    `The id of the verifier key of ${key.name} is not that of its bytes; copy the whole key again`,
  );
}

/** Writes a verifier key as {@link parseVerifierKey} reads it. */
export function formatVerifierKey({ name, keyId, publicKey }: VerifierKey): string {
  return formatKeyText({ name, keyId, key: publicKey });
}

/** @throws GarimError `ERR_GARIM_KEYS_INVALID` */
export function checkKeyName(name: string): void {
  if (isKeyName(name)) return;
  throw invalid("The name of a key must not be empty and holds no space, plus sign or control character");
}

function invalid(message: string): GarimError {
  return new GarimError("ERR_GARIM_KEYS_INVALID", message);
}
