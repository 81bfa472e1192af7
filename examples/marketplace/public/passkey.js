import { word } from "./words.js";

/** Whether this browser knows passkeys at all. */
export const hasPasskeys = "PublicKeyCredential" in globalThis;

/**
 * Makes a passkey.
 *
 * @param {object} options - as the server gives them, WebAuthn's JSON
 * @returns {Promise<object>} what the server wants back, as JSON
 * @throws Error with words for the person: cancelled, not verified, or there already
 */
export async function makePasskey(options) {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON?.(options) ?? readCreation(options);
  return await readAnswer(navigator.credentials.create({ publicKey }));
}

/** Proves with a passkey; as {@link makePasskey}. */
export async function usePasskey(options) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON?.(options) ?? readRequest(options);
  return await readAnswer(navigator.credentials.get({ publicKey }));
}

async function readAnswer(asked) {
  try {
    return toJson(await asked);
  } catch ({ name }) {
    throw new Error(word(name === "InvalidStateError" ? "passkey-there" : "passkey-cancelled"));
  }
}

// What follows is for browsers of before 2025, which do not read and write the JSON themselves.

function readCreation({ challenge, user, excludeCredentials = [], ...others }) {
  return {
    ...others,
    challenge: toBytes(challenge),
    user: { ...user, id: toBytes(user.id) },
    excludeCredentials: excludeCredentials.map(readDescriptor),
  };
}

function readRequest({ challenge, allowCredentials = [], ...others }) {
  return { ...others, challenge: toBytes(challenge), allowCredentials: allowCredentials.map(readDescriptor) };
}

function readDescriptor({ id, ...others }) {
  return { ...others, id: toBytes(id) };
}

function toJson(credential) {
  if (typeof credential.toJSON === "function") return credential.toJSON();
  const { id, type, rawId, response } = credential;
  return {
    id,
    type,
    rawId: toText(rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: "attestationObject" in response ? writeCreation(response) : writeAssertion(response),
  };
}

function writeCreation(response) {
  return {
    clientDataJSON: toText(response.clientDataJSON),
    attestationObject: toText(response.attestationObject),
    transports: response.getTransports?.() ?? [],
  };
}

function writeAssertion({ clientDataJSON, authenticatorData, signature, userHandle }) {
  return {
    clientDataJSON: toText(clientDataJSON),
    authenticatorData: toText(authenticatorData),
    signature: toText(signature),
    ...(userHandle === null ? {} : { userHandle: toText(userHandle) }),
  };
}

/** From base64url. */
function toBytes(text) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

/** To base64url. */
function toText(buffer) {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
