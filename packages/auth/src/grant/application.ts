import { GarimError } from "@garim/policy";
import { createAllowList } from "../network/allow-list.ts";
import { DEFAULT_ALGORITHMS } from "../token/algorithm.ts";
import { isIdentifier } from "../token/identifier.ts";
import { readKeySet } from "../token/key-set.ts";
import type { ToolApplication, ToolCertificate, ToolTier } from "./tool.ts";

const TIERS: readonly ToolTier[] = ["key", "certificate", "secret"];
const MOST_URIS = 20;
const LONGEST_URI = 2_000;
const THUMBPRINT = /^[\w-]{43}$/;

/**
 * Checks an application, and takes nothing else of it over.
 *
 * @throws GarimError `ERR_GARIM_OPTION_INVALID`, and of a key set `ERR_GARIM_KEYS_INVALID`, `ERR_GARIM_KEYS_MISSING`
 */
export function readApplication(application: ToolApplication): Required<ToolApplication> {
  const { tier, redirectUris, addresses, ownerContact } = application;
  const { jwks = null, jwksUri = null, certificate = null, webhookUrl = null } = application;
  if (!TIERS.includes(tier)) throw refuseMember("tier", 'one of "key", "certificate", "secret"');
  if (jwks !== null) readKeySet(jwks, DEFAULT_ALGORITHMS);
  if (tier === "key" && (jwks === null) === (jwksUri === null))
    throw refuseMember("jwks", "a key set, or jwksUri its https address, and not both");
  if (tier === "certificate" && certificate === null)
    throw refuseMember("certificate", '{ thumbprint: "…" } or { subject: "CN=…" }');
  createAllowList(addresses);
  return {
    name: { ko: readName("name.ko", application.name?.ko), en: readName("name.en", application.name?.en) },
    tier,
    jwks,
    jwksUri: jwksUri === null ? null : readKeysAddress(jwksUri),
    certificate: certificate === null ? null : readCertificate(certificate),
    redirectUris: readRedirects(redirectUris),
    addresses: [...addresses],
    ownerContact: readName("ownerContact", ownerContact),
    webhookUrl: webhookUrl === null ? null : readHttps("webhookUrl", webhookUrl),
  };
}

function readName(member: string, name: unknown): string {
  if (isIdentifier(name) && name.trim() !== "") return name;
  throw refuseMember(member, "a text of 1 to 256 characters");
}

function readCertificate({ thumbprint, subject }: ToolCertificate): ToolCertificate {
  if (thumbprint === undefined) return { subject: readName("certificate.subject", subject) };
  if (subject === undefined && THUMBPRINT.test(thumbprint)) return { thumbprint };
  throw refuseMember(
    "certificate",
    "a SHA-256 thumbprint in base64url, 43 characters, or a subject, and not both",
  );
}

function readRedirects(uris: unknown): readonly string[] {
  if (!Array.isArray(uris) || uris.length > MOST_URIS)
    throw refuseMember("redirectUris", `a list of at most ${MOST_URIS} addresses`);
  return uris.map(readRedirect);
}

/** An exact address of the tool's own: no fragment, no user, and without TLS on the loopback alone (RFC 9700, 2.1). */
function readRedirect(uri: unknown): string {
  const url = parse(uri);
  if (
    url !== undefined &&
    isSafe(url) &&
    !url.href.includes("#") &&
    url.username === "" &&
    url.password === ""
  )
    return String(uri);
  throw refuseMember("redirectUris", "https addresses without a fragment; http only on the loopback");
}

/** Whether what is on the loopback is asked for keys is for the token server to say. */
function readKeysAddress(uri: unknown): string {
  const url = parse(uri);
  if (url !== undefined && isSafe(url) && url.username === "" && url.password === "") return String(uri);
  throw refuseMember("jwksUri", "an https address without a user; http only on the loopback");
}

function isSafe({ protocol, hostname }: URL): boolean {
  const isLoopback = hostname === "127.0.0.1" || hostname === "[::1]" || hostname === "localhost";
  return protocol === "https:" || (protocol === "http:" && isLoopback);
}

function readHttps(member: string, uri: unknown): string {
  const url = parse(uri);
  if (url?.protocol === "https:" && url.username === "" && url.password === "") return String(uri);
  throw refuseMember(member, "an https address without a user");
}

function parse(uri: unknown): URL | undefined {
  return typeof uri === "string" && uri.length <= LONGEST_URI && URL.canParse(uri) ? new URL(uri) : undefined;
}

function refuseMember(member: string, wanted: string): GarimError {
  return new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    `A tool cannot be registered so: ${member} must be ${wanted}`,
  );
}
