import { codeAt } from "../code-unit.ts";
import { regionsEnd } from "../masks/address.ts";
import { startsCompound } from "../masks/name.ts";
import { addToKey, isNational, NO_PREFIX } from "../masks/phone.ts";
import { isDigit, isHangulSyllable, isNormalUnit } from "../masks/text.ts";
import { writeStars } from "./bytes.ts";
import type { Sink } from "./sink.ts";

/**
 * The commonest shape of five kinds, masked while it is written: no text is made in between. Each returns the end, exclusive,
 * or 0 where the text has another shape and the plain mask must read it. Tests hold both to equal bytes.
 *
 * None writes more than a fixed size, but for the domain of an e-mail, which is asked for.
 */

const STAR = 0x2a;
const QUOTE = 0x22;
const HYPHEN = 0x2d;
const DOT = 0x2e;
const SPACE = 0x20;
const AT_SIGN = 0x40;
const UNDERSCORE = 0x5f;

/** Longest e-mail taken here, in characters. */
const LONGEST_EMAIL = 254;

/** `홍길동`: two to five syllables. */
export function writeMaskedName(sink: Sink, at: number, text: string): number {
  const { length } = text;
  if (length < 2 || length > 5) return 0;
  for (let i = 0; i < length; i++) if (!isHangulSyllable(codeAt(text, i))) return 0;
  if (length === 3 && startsCompound(text)) return 0;
  const { bytes } = sink;
  bytes[at] = QUOTE;
  writeSyllable(bytes, at + 1, codeAt(text, 0));
  let p = at + 4;
  bytes[p++] = STAR;
  for (let i = 3; i < length; i++) bytes[p++] = STAR;
  if (length > 2) {
    writeSyllable(bytes, p, codeAt(text, length - 1));
    p += 3;
  }
  bytes[p] = QUOTE;
  return p + 1;
}

function writeSyllable(bytes: Uint8Array, at: number, code: number): void {
  bytes[at] = 0xe0 | (code >> 12);
  bytes[at + 1] = 0x80 | ((code >> 6) & 0x3f);
  bytes[at + 2] = 0x80 | (code & 0x3f);
}

/** `010-1234-5678`, `02-123-4567`: in national form with hyphens. It is written while it is read. */
export function writeMaskedPhone(sink: Sink, at: number, text: string): number {
  const { length } = text;
  if (length < 11 || length > 14) return 0;
  const { bytes } = sink;
  bytes[at] = QUOTE;
  let key = NO_PREFIX;
  let i = 0;
  for (let code = codeAt(text, 0); i < 5 && isDigit(code); code = codeAt(text, ++i)) {
    bytes[at + 1 + i] = code;
    key = addToKey(key, code);
  }
  // What was written is overwritten where the number turns out to be none.
  if (!isNational(key, length - i - 2) || !writeExchange(bytes, at + 1, text, i, length - 5)) return 0;
  for (let last = length - 4; last < length; last++) {
    const code = codeAt(text, last);
    if (!isDigit(code)) return 0;
    bytes[at + 1 + last] = code;
  }
  bytes[at + 1 + length] = QUOTE;
  return at + 2 + length;
}

/** Stars for the digits between two hyphens; tells whether they are that. */
function writeExchange(bytes: Uint8Array, at: number, text: string, from: number, end: number): boolean {
  if (codeAt(text, from) !== HYPHEN || codeAt(text, end) !== HYPHEN) return false;
  bytes[at + from] = HYPHEN;
  for (let i = from + 1; i < end; i++) {
    if (!isDigit(codeAt(text, i))) return false;
    bytes[at + i] = STAR;
  }
  bytes[at + end] = HYPHEN;
  return true;
}

/** `서울특별시 강남구 테헤란로 152`: starting with a syllable, so with no postcode, and in normal form up to the word that is no region. */
export function writeMaskedAddress(sink: Sink, at: number, text: string): number {
  const { length } = text;
  if (length === 0 || !isHangulSyllable(codeAt(text, 0))) return 0;
  const end = regionsEnd(text);
  if (!isNormalWord(text, end === 0 ? 0 : end + 1, length)) return 0;
  if (end === 0) return writeStars(sink, at);
  const { bytes, view } = sink;
  bytes[at] = QUOTE;
  let p = at + 1;
  for (let i = 0; i < end; i++) {
    const code = codeAt(text, i);
    if (code === SPACE) bytes[p++] = SPACE;
    else {
      writeSyllable(bytes, p, code);
      p += 3;
    }
  }
  view.setUint32(p, 0x2a2a2a20, true);
  bytes[p + 4] = QUOTE;
  return p + 5;
}

/** Tells whether the word that starts at `from`, if there is one, is in normal form; without a letter it is not. */
function isNormalWord(text: string, from: number, length: number): boolean {
  for (let i = from; i < length; i++) {
    const code = codeAt(text, i);
    if (code === SPACE) return i > from;
    if (!isNormalUnit(code)) return false;
  }
  return true;
}

/** `gildong@example.com`: no hyphen in the domain. */
export function writeMaskedEmail(sink: Sink, at: number, text: string): number {
  const { length } = text;
  const sign = endOfPlain(text, length);
  if (sign < 3 || length > LONGEST_EMAIL || !isPlainDomain(text, sign)) return 0;
  if (at + length + 8 > sink.limit) sink.grow(at + length + 8);
  let p = writeTwoLetters(sink, at, text);
  for (let i = sign; i < length; i++) sink.bytes[p++] = codeAt(text, i);
  sink.bytes[p] = QUOTE;
  return p + 1;
}

/** `gildong`. */
export function writeMaskedUserId(sink: Sink, at: number, text: string): number {
  const { length } = text;
  if (length < 3 || endOfPlain(text, length) !== length) return 0;
  const end = writeTwoLetters(sink, at, text);
  sink.bytes[end] = QUOTE;
  return end + 1;
}

/** A quote, two ASCII letters and three stars. */
function writeTwoLetters(sink: Sink, at: number, text: string): number {
  const { bytes } = sink;
  bytes[at] = QUOTE;
  bytes[at + 1] = codeAt(text, 0);
  bytes[at + 2] = codeAt(text, 1);
  bytes[at + 3] = STAR;
  bytes[at + 4] = STAR;
  bytes[at + 5] = STAR;
  return at + 6;
}

/** Where the leading ASCII letters, digits, dots, hyphens and underscores of a text end, exclusive. */
function endOfPlain(text: string, length: number): number {
  let i = 0;
  for (; i < length; i++) {
    const code = codeAt(text, i);
    if (!isAlphanumeric(code) && code !== DOT && code !== HYPHEN && code !== UNDERSCORE) break;
  }
  return i;
}

/** An at-sign at `sign`, then labels of letters and digits between single dots, the last beginning with a letter. */
function isPlainDomain(text: string, sign: number): boolean {
  const { length } = text;
  if (sign >= length || codeAt(text, sign) !== AT_SIGN) return false;
  let label = sign + 1;
  for (let i = label; i < length; i++) {
    const code = codeAt(text, i);
    if (code === DOT) {
      if (i === label) return false;
      label = i + 1;
    } else if (!isAlphanumeric(code)) return false;
  }
  return label > sign + 1 && label < length && !isDigit(codeAt(text, label));
}

function isAlphanumeric(code: number): boolean {
  // Bit 5 is what parts upper from lower case.
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || isDigit(code);
}
