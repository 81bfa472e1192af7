import type { IncomingMessage } from "node:http";

/** A 256-bit id in base64url. Anything else is not ours and is not looked up. */
const ID = /^[A-Za-z0-9_-]{43}$/;

/** How the session's cookie is set. */
export interface SessionCookie {
  readonly name: string;
  /** The id a request carries, or nothing. */
  read(req: IncomingMessage): string | null;
  /** The value of a `Set-Cookie` header. */
  write(id: string): string;
  clear(): string;
}

/**
 * `__Host-` binds the cookie to this very host over TLS. `Lax`, not `Strict`: with `Strict` a link from another site would
 * arrive without it and end the session; state changes check the origin instead.
 */
export function sessionCookie(isInsecure: boolean): SessionCookie {
  const name = isInsecure ? "garim" : "__Host-garim";
  const attributes = `; Path=/; HttpOnly; SameSite=Lax${isInsecure ? "" : "; Secure"}`;
  return {
    name,
    read: (req) => readCookie(req.headers.cookie, name),
    write: (id) => `${name}=${id}${attributes}`,
    clear: () => `${name}=${attributes}; Max-Age=0`,
  };
}

/** The only cookie of that name; two of them are somebody's attempt to plant one, and none counts. */
function readCookie(header: string | undefined, name: string): string | null {
  if (header === undefined) return null;
  const values = header
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  const [value] = values;
  return values.length === 1 && value !== undefined && ID.test(value) ? value : null;
}
