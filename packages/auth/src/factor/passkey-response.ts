import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";

/** Longer texts are none of a browser: a passkey's take some hundred characters, a key with certificates a few thousand. */
const LONGEST_TEXT = 16_384;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads what `credential.toJSON()` gave for a new passkey. Only what is checked later is copied.
 *
 * @returns `undefined` where it is anything else
 */
export function readRegistration(response: unknown): RegistrationResponseJSON | undefined {
  const { id, inner } = readCredential(response);
  const clientDataJSON = readClientData(inner["clientDataJSON"]);
  const attestationObject = readBase64url(inner["attestationObject"]);
  if (id === undefined || clientDataJSON === undefined || attestationObject === undefined) return undefined;
  const transports = readTransports(inner["transports"]);
  return { ...wrap(id), response: { clientDataJSON, attestationObject, transports } };
}

/**
 * Reads what `credential.toJSON()` gave for the use of a passkey. Only what is checked later is copied.
 *
 * @returns `undefined` where it is anything else
 */
export function readAssertion(response: unknown): AuthenticationResponseJSON | undefined {
  const { id, inner } = readCredential(response);
  const clientDataJSON = readClientData(inner["clientDataJSON"]);
  const authenticatorData = readBase64url(inner["authenticatorData"]);
  const signature = readBase64url(inner["signature"]);
  if (id === undefined || clientDataJSON === undefined) return undefined;
  if (authenticatorData === undefined || signature === undefined) return undefined;
  return { ...wrap(id), response: { clientDataJSON, authenticatorData, signature } };
}

function readCredential(response: unknown): { readonly id: string | undefined; readonly inner: Fields } {
  const { id, rawId, type, response: inner } = readFields(response);
  const isOne = type === "public-key" && id === rawId;
  return { id: isOne ? readBase64url(id) : undefined, inner: readFields(inner) };
}

function wrap(id: string) {
  return { id, rawId: id, type: "public-key", clientExtensionResults: {} } as const;
}

function readFields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

/** Only in the one form browsers write: without padding, and without bits nobody reads, so that bytes have one text. */
function readBase64url(text: unknown): string | undefined {
  if (typeof text !== "string" || text === "" || text.length > LONGEST_TEXT) return undefined;
  return Buffer.from(text, "base64url").toString("base64url") === text ? text : undefined;
}

/** A page of ours inside a page of somebody else's may be shown so that nobody sees what is asked: such a ceremony is none. */
function readClientData(value: unknown): string | undefined {
  const text = readBase64url(value);
  if (text === undefined) return undefined;
  const { crossOrigin } = readFields(parseJson(Buffer.from(text, "base64url").toString()));
  return crossOrigin === undefined || crossOrigin === false ? text : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** How browsers may reach an authenticator. */
const TRANSPORTS = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"];

/** Told by the browser, unsigned, and given back to it later: so only words that are known, each once. */
function readTransports(value: unknown): string[] {
  return Array.isArray(value) ? TRANSPORTS.filter((transport) => value.includes(transport)) : [];
}
