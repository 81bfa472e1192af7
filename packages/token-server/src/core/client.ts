import type { CoreClient } from "./core.ts";

/** A tool as the core's client metadata (RFC 7591). Every token of it is bound to a key it holds. */
export function clientMetadata(client: CoreClient): Record<string, unknown> {
  const { id, proof, redirectUris, isResourceServer = false } = client;
  const isInteractive = redirectUris.length > 0;
  return {
    client_id: id,
    token_endpoint_auth_method: proof,
    redirect_uris: [...redirectUris],
    response_types: isInteractive ? ["code"] : [],
    grant_types: isResourceServer ? [] : grantTypesOf(isInteractive),
    require_pushed_authorization_requests: true,
    authorization_details_types: ["order_pii"],
    ...bindingOf(client),
    ...proofOf(client),
  };
}

function grantTypesOf(isInteractive: boolean): readonly string[] {
  return isInteractive
    ? ["authorization_code", "refresh_token", "client_credentials"]
    : ["client_credentials"];
}

/** @source RFC 9449, 5.2; RFC 8705, 3.4 */
function bindingOf({ proof }: CoreClient): Record<string, unknown> {
  return proof === "tls_client_auth"
    ? { tls_client_certificate_bound_access_tokens: true }
    : { dpop_bound_access_tokens: true };
}

function proofOf({ id, proof, jwks, jwksUri, secretEndsAt }: CoreClient): Record<string, unknown> {
  switch (proof) {
    case "private_key_jwt":
      return jwksUri === undefined ? { jwks } : { jwks_uri: jwksUri };
    // The certificate itself is compared, not its names.
    case "tls_client_auth":
      return { tls_client_auth_subject_dn: id };
    // Only a hash is kept, and compared by the house.
    case "client_secret_basic":
      return {
        client_secret: "kept-as-a-hash",
        client_secret_expires_at: Math.floor((secretEndsAt ?? 1) / 1_000),
      };
  }
}
