// Apart from what converts it: whoever compiles against this package must not need the library's own types.

/** What is kept of a passkey. Nothing of it is secret; but whoever can change it can log in. */
export interface StoredPasskey {
  /** Base64url. */
  readonly credentialId: string;
  /** COSE key, base64url. */
  readonly publicKey: string;
  /** How often the authenticator says it signed; many say 0 for ever. */
  readonly counter: number;
  /** How browsers reach it: for their dialogue. */
  readonly transports: readonly string[];
  /** Whether it is copied to the person's other devices. */
  readonly isBackedUp: boolean;
}
