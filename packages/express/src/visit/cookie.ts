import type { IncomingMessage } from "node:http";
import type { Response } from "express";

/** A cookie of Garim's own. */
export interface OwnCookie {
  readonly name: string;
  /** What a request carries where it may be ours, or nothing. */
  read(req: IncomingMessage): string | null;
  /** The value of a `Set-Cookie` header. */
  write(value: string): string;
  clear(): string;
}

/** A 256-bit id in base64url. Anything else is not ours and is not looked up. */
const SESSION_ID = /^[A-Za-z0-9_-]{43}$/;
const DEVICE_ID = /^[A-Za-z0-9_-]{22}$/;

/** As long as browsers keep a cookie. */
const DEVICE_DAYS = 400;
const DAY_SECONDS = 86_400;

/** The cookie of a session; it goes with the browser. */
export function sessionCookie(isInsecure: boolean): OwnCookie {
  return ownCookie("garim", SESSION_ID, isInsecure);
}

/** The cookie that says a browser was here before. It opens nothing, and no second factor is left out for it. */
export function deviceCookie(isInsecure: boolean): OwnCookie {
  return ownCookie("garim-device", DEVICE_ID, isInsecure, `; Max-Age=${DEVICE_DAYS * DAY_SECONDS}`);
}

/**
 * `__Host-` binds a cookie to this very host over TLS. `Lax`, not `Strict`: with `Strict` a link from another site would
 * arrive without it and end the session; state changes check the origin instead.
 */
function ownCookie(plainName: string, form: RegExp, isInsecure: boolean, age = ""): OwnCookie {
  const name = isInsecure ? plainName : `__Host-${plainName}`;
  const attributes = `; Path=/; HttpOnly; SameSite=Lax${isInsecure ? "" : "; Secure"}`;
  return {
    name,
    read: (req) => readCookie(req.headers.cookie, name, form),
    write: (value) => `${name}=${value}${attributes}${age}`,
    clear: () => `${name}=${attributes}; Max-Age=0`,
  };
}

/** The only cookie of that name; two of them are somebody's attempt to plant one, and none counts. */
function readCookie(header: string | undefined, name: string, form: RegExp): string | null {
  if (header === undefined) return null;
  const start = findValue(header, name, 0);
  if (start === -1 || findValue(header, name, start) !== -1) return null;
  const end = header.indexOf(";", start);
  const value = header.slice(start, end === -1 ? header.length : end).trimEnd();
  return form.test(value) ? value : null;
}

/** Where the value of the next cookie of a name begins; -1 where there is none. Every request asks, so nothing is split. */
function findValue(header: string, name: string, from: number): number {
  const pair = `${name}=`;
  let at = header.indexOf(pair, from);
  while (at !== -1 && !beginsPair(header, at)) at = header.indexOf(pair, at + 1);
  return at === -1 ? -1 : at + pair.length;
}

function beginsPair(header: string, at: number): boolean {
  let before = at - 1;
  while (header[before] === " ") before--;
  return before === -1 || header[before] === ";";
}

/** Sets a cookie instead of an earlier one of its name in this answer, and leaves the host's cookies alone. */
export function setCookie(res: Response, cookie: string): void {
  const name = cookie.slice(0, cookie.indexOf("=") + 1);
  const header = res.getHeader("Set-Cookie") ?? [];
  const others = (Array.isArray(header) ? header : [String(header)]).filter(
    (value) => !value.startsWith(name),
  );
  res.setHeader("Set-Cookie", [...others, cookie]);
}
