import { hash, timingSafeEqual, type X509Certificate } from "node:crypto";
import { certificateThumbprint, createAllowList, type RegisteredTool } from "@garim/auth";
import type { Reason } from "@garim/policy";
import type { ClientProof, CoreClient, CoreRefusal } from "../core/core.ts";
import type { Desk } from "./desk.ts";

const PROOFS: Readonly<Record<RegisteredTool["tier"], ClientProof>> = {
  key: "private_key_jwt",
  certificate: "tls_client_auth",
  secret: "client_secret_basic",
};

/**
 * A tool that may use the server now.
 *
 * @param address - where it calls from; `null` where its seller's browser comes
 */
export function findClient(toolId: string, address: string | null, desk: Desk): CoreClient | CoreRefusal {
  const tool = desk.tools.find(toolId);
  if (tool === null) return refuse("tool-unproven");
  if (tool.status === "suspended") return refuse("tool-suspended");
  // A tool that waits for approval may try itself on made-up sellers.
  if (tool.status !== "approved" && !tool.sandbox) return refuse("tool-not-approved");
  if (address !== null && !isListed(tool, address)) return refuse("tool-address");
  return toClient(tool);
}

/** A tool without a list calls from nowhere, as at the API. */
function isListed({ addresses }: RegisteredTool, address: string): boolean {
  return createAllowList(addresses).has(address);
}

function toClient(tool: RegisteredTool): CoreClient {
  const { toolId: id, tier, redirectUris, jwks, jwksUri, secret } = tool;
  return {
    id,
    proof: PROOFS[tier],
    redirectUris,
    ...(jwks === null ? {} : { jwks }),
    ...(jwksUri === null ? {} : { jwksUri }),
    ...(secret === null ? {} : { secretEndsAt: secret.endsAt }),
  };
}

/** Whether a secret is the tool's. @returns `false` for one that ended */
export function isSecret(toolId: string, text: string, desk: Desk): boolean {
  const secret = desk.tools.find(toolId)?.secret ?? null;
  if (secret === null || desk.clock() >= secret.endsAt) return false;
  const given = Buffer.from(hash("sha256", text, "base64url"));
  const kept = Buffer.from(secret.hash);
  return given.length === kept.length && timingSafeEqual(given, kept);
}

/** Whether a certificate is the registered one: by its thumbprint; or by its subject, where a proxy you trust has verified its issuer. */
export function isCertificate(toolId: string, certificate: X509Certificate, desk: Desk): boolean {
  const registered = desk.tools.find(toolId)?.certificate ?? null;
  if (registered === null) return false;
  if (registered.thumbprint !== undefined)
    return registered.thumbprint === certificateThumbprint(certificate.raw);
  return registered.subject === certificate.subject.split("\n").join(",");
}

function refuse(reason: Reason): CoreRefusal {
  return { kind: "refuse", error: "invalid_client", reason };
}
