/** What PostgreSQL's text cannot hold, or UTF-8 cannot say: NUL and lone surrogates. */
const UNSTORABLE = /[\0\p{Surrogate}]/gu;

/** The text as it can be stored: each unstorable character is U+FFFD. */
export function cleanText(text: string): string {
  return text.replace(UNSTORABLE, "\uFFFD");
}
