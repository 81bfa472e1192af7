/**
 * What WHATWG parsing would hide: white space and control characters it drops, backslashes it turns round; and user information,
 * which no address of a request has.
 */
const SUSPICIOUS = /[\s\\\p{Cc}]|^[a-z]+:\/\/[^/?#]*@/iu;

/** `%7E` and `~` are the same; `%2f` and `/` are not. */
const ESCAPE = /%([0-9a-f]{2})/gi;
const UNRESERVED = /[A-Za-z0-9._~-]/;

/**
 * An address in the one form that all its spellings share, without query and fragment: scheme and host in lower case, default port
 * left out, dot segments resolved, escapes in upper case and only where they are needed.
 *
 * @returns `undefined` for what is no absolute http address
 * @source RFC 9449, 4.3; RFC 3986, 6.2.2 and 6.2.3
 */
export function normaliseUrl(text: unknown): string | undefined {
  if (typeof text !== "string" || SUSPICIOUS.test(text) || !/^https?:\/\//i.test(text)) return undefined;
  if (!URL.canParse(text)) return undefined;
  const { protocol, host, pathname } = new URL(text);
  return `${protocol}//${host}${pathname.replace(ESCAPE, writeEscape)}`;
}

function writeEscape(written: string, hex: string): string {
  const letter = String.fromCharCode(Number.parseInt(hex, 16));
  return UNRESERVED.test(letter) ? letter : written.toUpperCase();
}
