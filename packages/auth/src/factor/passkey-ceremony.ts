import { toCredential, toStoredPasskey, withoutStatement } from "./passkey-key.ts";
import { readAssertion, readRegistration } from "./passkey-response.ts";
import type { PasskeySettings } from "./passkey-settings.ts";
import type { StoredPasskey } from "./stored-passkey.ts";

/** What a browser is asked. */
export interface PasskeyQuestion {
  /** What the answer must hold: 256 random bits, base64url. Whoever asks keeps it, and takes one answer to it. */
  readonly challenge: string;
  /** JSON for `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON`. */
  readonly options: object;
}

/** Who a new passkey is for. */
export interface PasskeyOwner {
  /** 1 to 64 bytes in UTF-8, the same for all passkeys of the account; nothing that names a person. */
  readonly userHandle: string;
  /** How password managers name the account. */
  readonly userName: string;
  /** Credential ids the account has already: their authenticators make no second one. */
  readonly exclude: readonly string[];
}

/** What the use of a passkey proved. */
export interface PasskeyUse {
  readonly credentialId: string;
  /** To be stored: a later use must say more, or 0 for ever. */
  readonly counter: number;
}

/** Long enough to fetch a security key (WebAuthn 3, 15.1). */
const TIMEOUT_MS = 300_000;
/**
 * ES256, EdDSA, RS256: named, because the library's own list grows with the version of Node, and a key made on one node must be
 * readable on all.
 */
const ALGORITHMS = [-7, -8, -257];

/** Loaded on first use: it takes half a second. */
const loadLibrary = () => import("@simplewebauthn/server");
const loadHelpers = () => import("@simplewebauthn/server/helpers");

/** Makes the question that a browser answers with a new passkey. */
export async function makeRegistration(
  settings: PasskeySettings,
  owner: PasskeyOwner,
): Promise<PasskeyQuestion> {
  const { generateRegistrationOptions } = await loadLibrary();
  const options = await generateRegistrationOptions({
    rpID: settings.rpId,
    rpName: settings.rpName,
    userID: Uint8Array.from(Buffer.from(owner.userHandle)),
    userName: owner.userName,
    userDisplayName: owner.userName,
    timeout: TIMEOUT_MS,
    attestationType: "none",
    excludeCredentials: owner.exclude.map((id) => ({ id })),
    authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
    supportedAlgorithmIDs: ALGORITHMS,
  });
  return { challenge: options.challenge, options };
}

/**
 * Checks a new passkey. No attestation is asked for, so this shows that the browser answered the question, not which
 * authenticator has the key.
 *
 * @param response - JSON of `credential.toJSON()`, from anybody
 * @param challenge - of the question
 * @returns what to store; `undefined` where anything is wrong
 */
export async function checkRegistration(
  settings: PasskeySettings,
  response: unknown,
  challenge: string,
): Promise<StoredPasskey | undefined> {
  const [{ verifyRegistrationResponse }, helpers] = await Promise.all([loadLibrary(), loadHelpers()]);
  return orUndefined(async () => {
    const registration = readRegistration(response);
    if (registration === undefined) return undefined;
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      ...expected(settings, challenge),
      response: withoutStatement(registration, helpers),
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified) return undefined;
    return toStoredPasskey(registrationInfo.credential, registrationInfo.credentialBackedUp);
  });
}

/** Makes the question that one of an account's passkeys answers. */
export async function makeAssertion(
  settings: PasskeySettings,
  credentials: readonly StoredPasskey[],
): Promise<PasskeyQuestion> {
  const { generateAuthenticationOptions } = await loadLibrary();
  const options = await generateAuthenticationOptions({
    rpID: settings.rpId,
    allowCredentials: credentials.map(({ credentialId: id, transports }) => ({
      id,
      transports: [...transports],
    })),
    timeout: TIMEOUT_MS,
    userVerification: "required",
  });
  return { challenge: options.challenge, options };
}

/**
 * Checks the use of a passkey: right challenge, origin, domain and key, the person verified, and the counter gone up.
 *
 * A challenge may come again here: whoever stores it takes it once, and stores the counter with it. Nothing else tells a use
 * from its copy: one signature can be written in several ways.
 *
 * @param response - JSON of `credential.toJSON()`, from anybody
 * @param challenge - of the question
 * @param credentials - the account's passkeys; those of others do not count
 * @returns `undefined` where anything is wrong
 */
export async function checkAssertion(
  settings: PasskeySettings,
  response: unknown,
  challenge: string,
  credentials: readonly StoredPasskey[],
): Promise<PasskeyUse | undefined> {
  const { verifyAuthenticationResponse } = await loadLibrary();
  return orUndefined(async () => {
    const assertion = readAssertion(response);
    const passkey = credentials.find(({ credentialId }) => credentialId === assertion?.id);
    if (assertion === undefined || passkey === undefined) return undefined;
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      ...expected(settings, challenge),
      response: assertion,
      credential: toCredential(passkey),
    });
    const { credentialId } = passkey;
    return verified ? { credentialId, counter: authenticationInfo.newCounter } : undefined;
  });
}

function expected(settings: PasskeySettings, challenge: string) {
  return {
    expectedChallenge: challenge,
    expectedOrigin: [...settings.origins],
    expectedRPID: settings.rpId,
    requireUserVerification: true,
  };
}

/** The library throws at what it stumbles over in a response; whatever that is, the response is wrong and no more. */
async function orUndefined<T>(check: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await check();
  } catch {
    return undefined;
  }
}
