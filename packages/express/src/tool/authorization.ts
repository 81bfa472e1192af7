import type { TLSSocket } from "node:tls";
import { certificateThumbprint, readCertificateHeader, type SentToken } from "@garim/auth";
import type { Request } from "express";

const SCHEME = /^(?:bearer|dpop)(?: |$)/i;

/** Whether a request comes with a token: then it is a tool's, and nobody's session counts. */
export function isToolRequest(req: Request): boolean {
  return SCHEME.test(req.headers.authorization ?? "");
}

/**
 * Whether a request comes with a token for sellers' tools: of any kind on a route that is open to them; elsewhere one sent with a proof,
 * or one that says to be of this deployment's issuer. A host's own log-in may be by `Bearer` too. Nothing is verified here.
 */
export function isOwnToken(req: Request, scope: string | null, issuer: string | null): boolean {
  if (!isToolRequest(req)) return false;
  const { authorization = "" } = req.headers;
  if (scope !== null || /^dpop /i.test(authorization)) return true;
  return issuer !== null && issuerOf(authorization) === issuer;
}

function issuerOf(authorization: string): unknown {
  const [, payload = ""] = authorization.slice(authorization.indexOf(" ") + 1, 8_192).split(".");
  try {
    return (JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as { iss?: unknown } | null)?.iss;
  } catch {
    return undefined;
  }
}

/** Where a deployment is, and who tells it the client's certificate. */
export interface Place {
  readonly publicUrl: string;
  readonly certificateHeader: string | null;
}

/** How the token of a request was sent. What is misshapen is left to who verifies it. */
export function readSent(req: Request, place: Place): SentToken {
  const header = req.headers.authorization ?? "";
  const blank = header.indexOf(" ");
  const scheme = (blank === -1 ? header : header.slice(0, blank)).toLowerCase();
  const proof = req.headers["dpop"];
  return {
    scheme,
    text: blank === -1 ? "" : header.slice(blank + 1),
    method: req.method,
    url: place.publicUrl + req.originalUrl,
    proof: Array.isArray(proof) ? proof.join() : proof,
    // Looked at only where a token is bound to one: to read it off the socket is dear.
    get certificate() {
      return certificateOf(req, place);
    },
  };
}

/** By a proxy's word where a proxy is trusted to give it, else by the connection's own TLS. */
function certificateOf(req: Request, { certificateHeader }: Place): string | null {
  if (certificateHeader !== null && isTrustedPeer(req))
    return readCertificateHeader(req.get(certificateHeader));
  const { raw } = (req.socket as Partial<TLSSocket>).getPeerCertificate?.() ?? {};
  return raw === undefined ? null : certificateThumbprint(raw);
}

/** Whether the host's `trust proxy` names who is at the other end of the connection. */
function isTrustedPeer(req: Request): boolean {
  const isTrusted: unknown = req.app.get("trust proxy fn");
  return typeof isTrusted === "function" && isTrusted(req.socket.remoteAddress, 0) === true;
}
