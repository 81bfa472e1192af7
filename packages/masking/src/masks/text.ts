import { codeAt } from "../code-unit.ts";

/** What stands for a hidden value whose length must not tell. */
export const FULL = "***";

/** Format, filler and control characters. Tabs and line ends are white space, not invisible. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]|(?!\s)\p{Cc}/gu;

const SPACE = 0x20;
const WHITE_SPACE = /\s+/gu;

/**
 * Brings a text to the form every mask reads: invisible characters gone, then NFC (an invisible one between two jamo would
 * keep them from composing), no white space outside and single spaces inside.
 */
export function normalize(text: string): string {
  if (isNormal(text)) return text;
  return text.replace(INVISIBLE, "").normalize("NFC").replace(WHITE_SPACE, " ").trim();
}

/** Tells a text of printable ASCII and Hangul syllables, parted by single spaces: in normal form already, and nearly every value is. */
function isNormal(text: string): boolean {
  const last = text.length - 1;
  for (let i = 0; i <= last; i++) {
    const code = codeAt(text, i);
    if (code === SPACE) {
      if (i === 0 || i === last || codeAt(text, i - 1) === SPACE) return false;
    } else if (!isNormalUnit(code)) return false;
  }
  return true;
}

/** Tells a code unit that is visible and that no normalization changes or joins: printable ASCII, Hangul syllables. */
export function isNormalUnit(code: number): boolean {
  return (code > SPACE && code < 0x7f) || isHangulSyllable(code);
}

/** Tells whether a UTF-16 code unit is one of the 11,172 composed Hangul syllables. */
export function isHangulSyllable(code: number): boolean {
  return code >= 0xac00 && code <= 0xd7a3;
}

/** Tells whether a UTF-16 code unit is an ASCII digit; full-width digits are not. */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
