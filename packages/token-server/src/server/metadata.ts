import { ORDER_PII, RECEIPTS_SCOPE } from "@garim/auth";
import { ASSERTION_ALGORITHMS, PROOF_ALGORITHMS, ROUTES } from "../core/configuration.ts";

/**
 * What a client needs to know of this server.
 *
 * @source RFC 8414, 2; RFC 9207; RFC 9126, 5; RFC 9449, 5.1; RFC 8705, 3.3; RFC 9396, 10
 */
export function serverMetadata(issuer: string, scopes: readonly string[]): object {
  return {
    issuer,
    authorization_endpoint: issuer + ROUTES.authorization,
    token_endpoint: issuer + ROUTES.token,
    pushed_authorization_request_endpoint: issuer + ROUTES.pushed_authorization_request,
    require_pushed_authorization_requests: true,
    revocation_endpoint: issuer + ROUTES.revocation,
    introspection_endpoint: issuer + ROUTES.introspection,
    jwks_uri: issuer + ROUTES.jwks,
    scopes_supported: [...scopes, RECEIPTS_SCOPE],
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    grant_types_supported: ["authorization_code", "refresh_token", "client_credentials"],
    code_challenge_methods_supported: ["S256"],
    authorization_response_iss_parameter_supported: true,
    authorization_details_types_supported: [ORDER_PII],
    token_endpoint_auth_methods_supported: ["private_key_jwt", "tls_client_auth", "client_secret_basic"],
    token_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
    dpop_signing_alg_values_supported: PROOF_ALGORITHMS,
    tls_client_certificate_bound_access_tokens: true,
    ui_locales_supported: ["ko", "en"],
  };
}

/** Where the metadata is: the well-known path before that of the issuer. @source RFC 8414, 3.1 */
export function metadataPath(issuer: string): string {
  const { pathname } = new URL(issuer);
  return `/.well-known/oauth-authorization-server${pathname === "/" ? "" : pathname}`;
}
