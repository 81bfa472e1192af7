/** Headers a handler may set, with the values they may have: they say something of the answer and hold nothing of its data. */
const HARMLESS_HEADERS: ReadonlyMap<string, RegExp> = new Map([
  ["vary", /^(?:\*|(?:accept|accept-encoding|accept-language|authorization|cookie|origin)(?:, ?(?!$)|$))+$/i],
  ["content-language", /^[a-z]{2}(?:-[A-Z]{2})?$/],
  ["retry-after", /^\d{1,6}$/],
  ["allow", /^(?:(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)(?:, ?(?!$)|$))+$/],
]);

/** What Express sets on its own way to a body; Garim sets its own. */
export const REPLACED_HEADERS: ReadonlySet<string> = new Set([
  "content-type",
  "content-length",
  "etag",
  "cache-control",
]);

/** Whether a header that a handler set says nothing of the data: Garim's own in its place, one the route named, or a harmless one. */
export function isLetThrough(header: string, value: unknown, named: ReadonlySet<string>): boolean {
  if (REPLACED_HEADERS.has(header) || named.has(header)) return true;
  return HARMLESS_HEADERS.get(header)?.test(String(value)) === true;
}
