/** 1 to 256 code points that show, or are blanks: no control or format characters, no lone surrogates. */
const IDENTIFIER = /^[^\p{Cc}\p{Cf}\p{Cs}]{1,256}$/u;

/** Whether a value can be an identifier: something that may be compared, stored and shown in a log without surprises. */
export function isIdentifier(value: unknown): value is string {
  return typeof value === "string" && IDENTIFIER.test(value);
}
