import { hash, X509Certificate } from "node:crypto";

/** A certificate with a long chain of names is below this; nothing longer is looked at. */
const LONGEST = 16_384;
const PEM = /^-----BEGIN CERTIFICATE-----\s[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*$/;
const BYTES = /^:([A-Za-z0-9+/]+={0,2}):$/;

/**
 * The SHA-256 thumbprint of a certificate, as a token's `cnf["x5t#S256"]` names it.
 *
 * @param der - as `socket.getPeerCertificate().raw` gives it
 * @source RFC 8705, 3.1
 */
export function certificateThumbprint(der: Uint8Array): string {
  return hash("sha256", der, "base64url");
}

/**
 * Reads the client certificate that a proxy puts into a header: as bytes of RFC 9440 (`Client-Cert: :MIIC…:`), or as PEM, plain or
 * escaped for a URL (nginx's `$ssl_client_escaped_cert`). The proxy must be one you trust, and must drop what clients send under
 * that name.
 *
 * @returns its thumbprint; `null` where there is none, several, or what is no certificate
 */
export function readCertificateHeader(text: unknown): string | null {
  if (typeof text !== "string" || text === "" || text.length > LONGEST) return null;
  try {
    return certificateThumbprint(readCertificate(text).raw);
  } catch {
    return null;
  }
}

function readCertificate(text: string): X509Certificate {
  const [, bytes] = BYTES.exec(text) ?? [];
  if (bytes !== undefined) return new X509Certificate(Buffer.from(bytes, "base64"));
  const pem = text.includes("%") ? decodeURIComponent(text) : text;
  if (!PEM.test(pem)) throw new Error("no certificate");
  return new X509Certificate(pem);
}
