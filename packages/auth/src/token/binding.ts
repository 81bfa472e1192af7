import type { VerifiedToken } from "./token.ts";

/** What a token is bound to; at least one of both. */
export interface Binding {
  /** Thumbprint of the key that must make each proof. */
  readonly key: string | undefined;
  /** Thumbprint of the certificate the connection must have. */
  readonly certificate: string | undefined;
}

const THUMBPRINT = /^[A-Za-z0-9_-]{43}$/;

/**
 * Reads what a token is bound to. A confirmation of another kind, beside a known one too, cannot be checked, so the token is as good as
 * unbound.
 *
 * @source RFC 7800, 3.1; RFC 8705, 3.1; RFC 9449, 6.1
 */
export function bindingOf({ claims: { cnf } }: VerifiedToken): Binding | undefined {
  if (typeof cnf !== "object" || cnf === null || Array.isArray(cnf)) return undefined;
  const { jkt: key, "x5t#S256": certificate, ...others } = cnf as Readonly<Record<string, unknown>>;
  const isKnown = Object.keys(others).length === 0 && (key ?? certificate) !== undefined;
  return isKnown && isThumbprint(key) && isThumbprint(certificate) ? { key, certificate } : undefined;
}

function isThumbprint(value: unknown): value is string | undefined {
  return value === undefined || (typeof value === "string" && THUMBPRINT.test(value));
}
