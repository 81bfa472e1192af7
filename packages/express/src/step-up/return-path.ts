/** Longer than any page's address needs to be, and short enough for every server's header. */
const LONGEST = 2_048;

/** The characters of a path with query, percent-encoded as RFC 3986 writes it: no backslash, no space, no control, no angle bracket. */
const WRITTEN = /^[\w\-.~:/?#[\]@!$&'()*+,;=%]+$/;

/** One slash, and behind it nothing that somebody decoding once more could read as a second one: no encoded ASCII there. */
const SINGLE_SLASH = /^\/(?:$|[^/%]|%[c-f][\da-f])/i;

/**
 * Reads back where to go on after a log-in or a second factor: a path of this site, or the fallback.
 *
 * Addresses of other sites, and whatever a browser might take for one, are not followed (no open redirect).
 *
 * @param value - as it came, e.g. `req.query.return`; trusted in nothing
 * @param fallback - a path of the host's own, taken as it is
 * @returns a path that begins with exactly one slash, at most 2,048 characters
 */
export function returnPath(value: unknown, fallback: string): string {
  return isSameSitePath(value) ? value : fallback;
}

/** Whether a value is a path of this site, whoever resolves it. */
export function isSameSitePath(value: unknown): value is string {
  if (typeof value !== "string" || value.length > LONGEST) return false;
  return WRITTEN.test(value) && SINGLE_SLASH.test(value) && SINGLE_SLASH.test(resolve(value));
}

/** The path as a browser understands it, without its dots: `/.//example.com` becomes `//example.com`. */
function resolve(path: string): string {
  const url = new URL(path, NOWHERE);
  return url.origin === NOWHERE ? url.pathname : "";
}

const NOWHERE = "http://garim.invalid";
