import type { RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { markEndpoint } from "../routes/route-mark.ts";
import type { ToolOptions } from "./options.ts";

const WELL_KNOWN = "/.well-known/oauth-protected-resource";

/** Where the metadata of a resource is: the well-known path before that of the resource. @source RFC 9728, 3.1 */
export function metadataUrlOf(audience: string): string {
  const { origin, pathname } = new URL(audience);
  return origin + WELL_KNOWN + (pathname === "/" ? "" : pathname);
}

/** What a tool needs to know of this API before it asks anything. @source RFC 9728, 2 */
export function createMetadata({ issuer, audience }: ToolOptions): RequestHandler {
  const metadata = {
    resource: audience,
    authorization_servers: [issuer],
    bearer_methods_supported: ["header"],
    dpop_signing_alg_values_supported: ["ES256", "EdDSA", "Ed25519"],
    // Certificates bind tokens too, so not every token is bound by DPoP.
    dpop_bound_access_tokens_required: false,
    tls_client_certificate_bound_access_tokens: true,
    authorization_details_types_supported: ["order_pii"],
  };
  return markEndpoint((_req, res) => sendAnswer(res, jsonAnswer(200, metadata)), { kind: "metadata" });
}
