import { X509Certificate } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { TLSSocket } from "node:tls";

const LONGEST = 16_384;
/** One certificate: of two, nobody could say which was meant. */
const PEM = /^-----BEGIN CERTIFICATE-----\s[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*$/;
const BYTES = /^:([A-Za-z0-9+/]+={0,2}):$/;

/** A request as Express knows it: its app says which peers are proxies of the host's. */
type AppRequest = IncomingMessage & { readonly app?: { get(setting: string): unknown } };

/**
 * The client certificate of a request: where a header is named and the host's `trust proxy` names who is at the other end, what that
 * proxy puts there, as bytes of RFC 9440 or as PEM, plain or escaped for a URL; else of this process's own TLS. Whoever else sends the
 * header says only which certificate they would like to have.
 *
 * @returns `undefined` where there is none, or what is no certificate
 * @source RFC 9440, 4
 */
export function readCertificate(req: AppRequest, header: string | null): X509Certificate | undefined {
  try {
    return header !== null && isTrustedPeer(req)
      ? ofHeader(req.headers[header.toLowerCase()])
      : ofSocket(req);
  } catch {
    return undefined;
  }
}

/** As where tokens are used: what gets one by a certificate shows it there, too. */
function isTrustedPeer({ app, socket }: AppRequest): boolean {
  const isTrusted = app?.get("trust proxy fn");
  return typeof isTrusted === "function" && isTrusted(socket.remoteAddress, 0) === true;
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
