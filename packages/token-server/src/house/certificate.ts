import { X509Certificate } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { TLSSocket } from "node:tls";

const LONGEST = 16_384;
/** One certificate: of two, nobody could say which was meant. */
const PEM = /^-----BEGIN CERTIFICATE-----\s[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*$/;
const BYTES = /^:([A-Za-z0-9+/]+={0,2}):$/;

/**
 * The client certificate of a request: of this process's own TLS; or, where a header is named, what a proxy you trust puts there, as
 * bytes of RFC 9440 or as PEM, plain or escaped for a URL.
 *
 * @returns `undefined` where there is none, or what is no certificate
 */
export function readCertificate(req: IncomingMessage, header: string | null): X509Certificate | undefined {
  try {
    return header === null ? ofSocket(req) : ofHeader(req.headers[header.toLowerCase()]);
  } catch {
    return undefined;
  }
}

function ofSocket({ socket }: IncomingMessage): X509Certificate | undefined {
  return "getPeerX509Certificate" in socket ? (socket as TLSSocket).getPeerX509Certificate() : undefined;
}

function ofHeader(text: unknown): X509Certificate | undefined {
  if (typeof text !== "string" || text === "" || text.length > LONGEST) return undefined;
  const [, bytes] = BYTES.exec(text) ?? [];
  if (bytes !== undefined) return new X509Certificate(Buffer.from(bytes, "base64"));
  const pem = text.includes("%") ? decodeURIComponent(text) : text;
  return PEM.test(pem) ? new X509Certificate(pem) : undefined;
}
