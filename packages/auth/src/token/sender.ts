import type { StateStore } from "../state/store.ts";
import type { TokenAlgorithm } from "./algorithm.ts";
import type { ProofNonces } from "./nonces.ts";
import type { SenderRefusal } from "./sender-fault.ts";
import type { VerifiedToken } from "./token.ts";

/** How a token was sent. Nothing of it is trusted but the method, the URL and the certificate. */
export interface SentToken {
  /** The word before the token in `Authorization`, in lower case. */
  readonly scheme: string;
  /** The token's text, as it was verified. */
  readonly text: string;
  readonly method: string;
  /** The request's URL as clients know it: the public scheme, host and port, and the whole path. Query and fragment do not matter. */
  readonly url: string;
  /** The header `DPoP`; several of them joined, as Node gives them, are none. */
  readonly proof: string | undefined;
  /** SHA-256 thumbprint of the client certificate of the connection; `null` for none. */
  readonly certificate: string | null;
}

export interface SenderChecksOptions {
  /** Where used proofs are remembered, for all nodes. */
  readonly state: StateStore;
  /** Signature algorithms of proofs; `["ES256", "EdDSA", "Ed25519"]` if left out. */
  readonly algorithms?: readonly TokenAlgorithm[];
  /** Given, each proof must hold a nonce of them. */
  readonly nonces?: ProofNonces;
  /** UTC milliseconds; the system's clock if left out. */
  readonly clock?: () => number;
}

/** Tells whether a token came from whom it was issued to: by a DPoP proof (RFC 9449), by a certificate (RFC 8705), or both. */
export interface SenderChecks {
  /**
   * Checks how a verified token was sent. A proof counts once, whatever the number of nodes.
   *
   * @returns nothing where all is right; or refuse: `token-unbound`, `proof-missing`, `proof-invalid`, `proof-other-request`,
   *   `proof-stale`, `proof-nonce`, `proof-replayed`, `proof-other-key`, `certificate-other`
   * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where nobody can tell whether a proof was used
   */
  check(token: VerifiedToken, sent: SentToken): Promise<SenderRefusal | undefined>;
}
