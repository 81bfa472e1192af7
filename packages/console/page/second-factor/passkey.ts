import { wordsOf } from "../kit/words.ts";

const say = wordsOf(
  {
    isThere: "이 기기의 패스키는 이미 등록되어 있습니다.",
    cancelled: "패스키 확인이 취소되었거나 시간이 지났습니다. 다시 시도해 주세요.",
  },
  {
    isThere: "This device's passkey is registered already.",
    cancelled: "The passkey was cancelled or took too long. Try again.",
  },
);

/** Whether this browser knows passkeys at all. */
export const hasPasskeys: boolean = "PublicKeyCredential" in globalThis;

type Json = Readonly<Record<string, unknown>>;

/** Makes a passkey. @param options - WebAuthn's JSON, as the server gives it. @throws Error with words for the person */
export function makePasskey(options: object): Promise<object> {
  const publicKey =
    PublicKeyCredential.parseCreationOptionsFromJSON?.(options as PublicKeyCredentialCreationOptionsJSON) ??
    readCreation(options as Creation);
  return readAnswer(navigator.credentials.create({ publicKey }));
}

/** Proves with a passkey; as {@link makePasskey}. */
export function usePasskey(options: object): Promise<object> {
  const publicKey =
    PublicKeyCredential.parseRequestOptionsFromJSON?.(options as PublicKeyCredentialRequestOptionsJSON) ??
    readRequest(options as Asking);
  return readAnswer(navigator.credentials.get({ publicKey }));
}

async function readAnswer(asking: Promise<Credential | null>): Promise<object> {
  try {
    return toJson((await asking) as PublicKeyCredential);
  } catch (error) {
    throw new Error((error as Error).name === "InvalidStateError" ? say.isThere : say.cancelled);
  }
}

// What follows is for browsers of before 2025, which do not read and write the JSON themselves.

interface Descriptor {
  readonly id: string;
  readonly type: PublicKeyCredentialType;
}

interface Creation extends Json {
  readonly challenge: string;
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly excludeCredentials?: readonly Descriptor[];
}

interface Asking extends Json {
  readonly challenge: string;
  readonly allowCredentials?: readonly Descriptor[];
}

function readCreation({
  challenge,
  user,
  excludeCredentials = [],
  ...others
}: Creation): PublicKeyCredentialCreationOptions {
  return {
    ...(others as unknown as PublicKeyCredentialCreationOptions),
    challenge: toBytes(challenge),
    user: { ...user, id: toBytes(user.id) },
    excludeCredentials: excludeCredentials.map(readDescriptor),
  };
}

function readRequest({
  challenge,
  allowCredentials = [],
  ...others
}: Asking): PublicKeyCredentialRequestOptions {
  return { ...others, challenge: toBytes(challenge), allowCredentials: allowCredentials.map(readDescriptor) };
}

function readDescriptor({ id, ...others }: Descriptor): PublicKeyCredentialDescriptor {
  return { ...others, id: toBytes(id) };
}

function toJson(credential: PublicKeyCredential): object {
  if (typeof credential.toJSON === "function") return credential.toJSON();
  const { id, type, rawId, response } = credential;
  return {
    id,
    type,
    rawId: toText(rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response:
      "attestationObject" in response
        ? writeCreation(response as AuthenticatorAttestationResponse)
        : writeAssertion(response as AuthenticatorAssertionResponse),
  };
}

function writeCreation(response: AuthenticatorAttestationResponse): object {
  return {
    clientDataJSON: toText(response.clientDataJSON),
    attestationObject: toText(response.attestationObject),
    transports: response.getTransports?.() ?? [],
  };
}

function writeAssertion(response: AuthenticatorAssertionResponse): object {
  const { clientDataJSON, authenticatorData, signature, userHandle } = response;
  return {
    clientDataJSON: toText(clientDataJSON),
    authenticatorData: toText(authenticatorData),
    signature: toText(signature),
    ...(userHandle === null ? {} : { userHandle: toText(userHandle) }),
  };
}

/** From base64url. */
function toBytes(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

/** To base64url. */
function toText(buffer: ArrayBuffer): string {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
