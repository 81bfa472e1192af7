/**
 * What PostgreSQL's text cannot hold, or UTF-8 cannot say: NUL and lone surrogates; and a byte order mark at the beginning, which PGlite
 * leaves out when it reads: a column would say other than the record's bytes, as if somebody had changed it.
 */
const UNSTORABLE = /[\0\p{Surrogate}]|^\ufeff/gu;

/** The text as it can be stored: each unstorable character is U+FFFD. */
export function cleanText(text: string): string {
  return text.replace(UNSTORABLE, "\uFFFD");
}
