import { createHash, createPrivateKey, sign } from "node:crypto";
import {
  type AuthenticationResponseJSON,
  AuthenticatorEmulator,
  type AuthenticatorParameters,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  PasskeysCredentialsMemoryRepository as Repository,
  WebAuthnEmulator,
} from "nid-webauthn-emulator";

/** A browser with one authenticator, and a page and a person who do what a test wants. */
export interface PasskeyBrowser {
  /** Makes a passkey, as `navigator.credentials.create`. */
  create(options: object, more?: Visit): RegistrationResponseJSON;
  /** Uses a passkey, as `navigator.credentials.get`. */
  get(options: object, more?: Visit): AuthenticationResponseJSON;
  /** What a broken authenticator would sign: the same use with some of its facts changed. */
  sign(use: AuthenticationResponseJSON, change: Change): AuthenticationResponseJSON;
}

/** Where the page stands, and what it made of the options. */
interface Visit {
  readonly origin?: string;
  readonly rpId?: string;
}

interface Change {
  readonly clientData?: object;
  /** Bit 0: present, bit 2: verified. */
  readonly flags?: number;
  readonly counter?: number;
}

/**
 * Opens a browser.
 *
 * @param authenticator - it verifies the person and counts by one, unless said otherwise
 */
export function openBrowser(
  origin: string,
  authenticator: Partial<AuthenticatorParameters> = {},
): PasskeyBrowser {
  const repository = new Repository();
  const emulator = new WebAuthnEmulator(
    new AuthenticatorEmulator({ credentialsRepository: repository, ...authenticator }),
  );

  function findKey(id: string) {
    const found = repository
      .loadCredentials()
      .find(({ publicKeyCredentialSource: source }) => toText(source.id) === id);
    if (found === undefined) throw new Error("this browser has no such passkey");
    const { privateKey } = found.publicKeyCredentialSource;
    return createPrivateKey({ key: Buffer.from(privateKey), format: "der", type: "pkcs8" });
  }

  return {
    create(options, { origin: at = origin, rpId } = {}) {
      const asked = options as PublicKeyCredentialCreationOptionsJSON;
      const rp = rpId === undefined ? asked.rp : { ...asked.rp, id: rpId };
      return emulator.createJSON(at, { ...asked, rp }, [at]);
    },
    get(options, { origin: at = origin, rpId } = {}) {
      const asked = options as PublicKeyCredentialRequestOptionsJSON;
      return emulator.getJSON(at, { ...asked, ...(rpId === undefined ? {} : { rpId }) }, [at]);
    },
    sign(use, { clientData = {}, flags, counter }) {
      const said = JSON.parse(fromText(use.response.clientDataJSON).toString());
      const client = Buffer.from(JSON.stringify({ ...said, ...clientData }));
      const data = fromText(use.response.authenticatorData);
      if (flags !== undefined) data[32] = flags;
      if (counter !== undefined) data.writeUInt32BE(counter, 33);
      const signed = Buffer.concat([data, createHash("sha256").update(client).digest()]);
      return {
        ...use,
        response: {
          ...use.response,
          clientDataJSON: toText(client),
          authenticatorData: toText(data),
          signature: toText(sign("sha256", signed, findKey(use.id))),
        },
      };
    },
  };
}

export function toText(bytes: Uint8Array | ArrayBuffer | ArrayBufferView): string {
  const view = ArrayBuffer.isView(bytes)
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : Buffer.from(bytes);
  return view.toString("base64url");
}

export function fromText(text: string): Buffer {
  return Buffer.from(text, "base64url");
}
