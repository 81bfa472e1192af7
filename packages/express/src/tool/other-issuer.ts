import type {
  IntrospectionEndpoint,
  TokenAlgorithm,
  TokenKeyPort,
  TokenKeySet,
  VerifiedToken,
} from "@garim/auth";
import type { GrantState, PiiKind } from "@garim/policy";

/**
 * Another issuer whose access tokens (RFC 9068) tools may bring, beside the token server's. Its tokens live five minutes at most, name
 * this API alone, have a scope of the route and one `order_pii` in `authorization_details`, and are bound to a key or certificate.
 *
 * A JWT says nothing of having been revoked since. So without `introspection` or `grants` what it gets is the open fields.
 */
export interface OtherIssuer {
  /** The `iss` of its tokens, exactly. */
  readonly issuer: string;
  /** Its public keys; a function that reads them, which must settle; or their https address. */
  readonly jwks: TokenKeySet | TokenKeyPort | string;
  /** Signature algorithms of its tokens; `["ES256", "EdDSA"]` if left out. */
  readonly algorithms?: readonly TokenAlgorithm[];
  /** Which tool, as it is registered here, a client of the issuer is; `null` for none. Clients of two issuers may have one name. */
  readonly toolOf: (token: VerifiedToken) => string | null;
  /** Where it tells whether a token still lives: asked at most once a second for each. Sellers' grants are those made here. */
  readonly introspection?: IntrospectionEndpoint;
  /**
   * The grants a token stands on, where sellers grant at the issuer: asked in each request, and again after a second. None gives nothing.
   * The agreement and each seller's contract are those on file here.
   */
  readonly grants?: (token: VerifiedToken) => readonly OtherGrant[] | Promise<readonly OtherGrant[]>;
}

/** A seller's grant at another issuer. Moments are UTC milliseconds, ends exclusive. */
export interface OtherGrant {
  readonly id: string;
  readonly sellerId: string;
  readonly fields: readonly PiiKind[];
  readonly purposes: readonly string[];
  readonly states: readonly GrantState[];
  readonly grantedAt: number;
  readonly endsAt: number;
  readonly revokedAt: number | null;
}
