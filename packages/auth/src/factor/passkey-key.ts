import type { RegistrationResponseJSON, WebAuthnCredential } from "@simplewebauthn/server";
import type { StoredPasskey } from "./stored-passkey.ts";

/** @source WebAuthn 3, 7.1, step 25 */
const LONGEST_ID = Math.ceil((1_023 * 4) / 3);
/** An RSA key of 4,096 bits takes 526. */
const LONGEST_KEY_BYTES = 1_024;

/** What is to be stored of a passkey that was checked; `undefined` where it would take more room than passkeys do. */
export function toStoredPasskey(
  credential: WebAuthnCredential,
  isBackedUp: boolean,
): StoredPasskey | undefined {
  const { id, publicKey, counter, transports = [] } = credential;
  if (id.length > LONGEST_ID || publicKey.byteLength > LONGEST_KEY_BYTES) return undefined;
  return {
    credentialId: id,
    publicKey: Buffer.from(publicKey).toString("base64url"),
    counter,
    transports,
    isBackedUp,
  };
}

/** A stored passkey as the library takes it. */
export function toCredential({ credentialId, publicKey, counter }: StoredPasskey): WebAuthnCredential {
  return { id: credentialId, publicKey: Uint8Array.from(Buffer.from(publicKey, "base64url")), counter };
}

type Helpers = typeof import("@simplewebauthn/server/helpers");

/**
 * The registration with its attestation statement taken out.
 *
 * We ask for none. One that comes all the same would only be judged at a price: its certificates may name addresses, which the
 * library fetches.
 */
export function withoutStatement(
  registration: RegistrationResponseJSON,
  { decodeAttestationObject, isoBase64URL, isoCBOR }: Helpers,
): RegistrationResponseJSON {
  const { response } = registration;
  const authData = decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject)).get("authData");
  const bare = isoCBOR.encode(
    new Map<string, string | Uint8Array | Map<string, string>>([
      ["fmt", "none"],
      ["attStmt", new Map<string, string>()],
      ["authData", authData],
    ]),
  );
  return { ...registration, response: { ...response, attestationObject: isoBase64URL.fromBuffer(bare) } };
}
