import { PLAIN_UNITS, STAYS } from "./odd.ts";

/**
 * The classes of UTF-16 units, in an order that lets the walk pass over everything below {@link TRIGGER} with one
 * comparison. Classes from {@link SPACE} to {@link WORD_GAP} may stand between the digits of one number.
 */
export const PLAIN = 0;
export const SPACE = 1;
export const DOT = 2;
export const HYPHEN = 3;
export const CLOSE = 4;
/** What only tricks and lists put between the digits of one number: 010/0123/4567, one digit a line, a style mark. */
const MARK = 5;
/** Words said for a hyphen: 공일공에 일이삼사, 공일공 다시 일이삼사. */
export const WORD_GAP = 6;
/** A spelled digit other than zero: 일 이 삼 …; far too common in prose to start anything. */
export const DIGIT_WORD = 7;
/** A letter that passes for a zero or a one beside figures: O1O, ㅇ1ㅇ, 0l0. */
export const DIGIT_LETTER = 8;
const TRIGGER = 9;
export const DIGIT = 9;
/** A spelled zero: every spelled phone number starts with one. */
export const ZERO_WORD = 10;
/** Also a gap: (02) 123-4567; and the start of "(at)". */
export const OPEN = 11;
const AT = 12;
/** May start what is said for @: 골뱅이, 앳, at. */
const AT_WORD = 13;
/** Must be folded to its plain form before the text can be read: see `odd.ts`. */
export const ODD = 14;

const CLASSES = new Uint8Array(0x1_0000);
const DIGITS = new Uint8Array(0x1_0000);

function put(characters: string, name: number): void {
  for (let i = 0; i < characters.length; i++) CLASSES[characters.charCodeAt(i)] = name;
}

function putRange(first: number, last: number, name: number): void {
  CLASSES.fill(name, first, last + 1);
}

function putDigits(characters: string, first: number, name: number): void {
  put(characters, name);
  for (let i = 0; i < characters.length; i++) DIGITS[characters.charCodeAt(i)] = first + i;
}

function putDigit(characters: string, digit: number, name: number): void {
  for (const character of characters) putDigits(character, digit, name);
}

putDigits("0123456789", 0, DIGIT);
putDigits("일이삼사오육칠팔구", 1, DIGIT_WORD);
putDigits("一二三四五六七八九", 1, DIGIT_WORD);
putDigit("륙", 6, DIGIT_WORD);
putDigit("공영빵〇零", 0, ZERO_WORD);
putDigit("oOㅇ", 0, DIGIT_LETTER);
putDigit("lIㅣ", 1, DIGIT_LETTER);
put(" \t\u00a0\u1680\u202f\u205f\u2800\u3000", SPACE);
putRange(0x2000, 0x200a, SPACE);
put(".·・ㆍ‧∙⋅•･", DOT);
put("-\u02d7\u2212\u2043\u2796\ufe63\uff0d\u30fc\u2500ㅡ", HYPHEN);
putRange(0x2010, 0x2015, HYPHEN);
put(")]）", CLOSE);
put("([{<（", OPEN);
put("\n\r\u2028\u2029\ufe0f", MARK);
put("/_,~=*:;|+#^&\\'\"`／，～：｜〜∼、★☆♥♡※", MARK);
put("에다시", WORD_GAP);
put("@", AT);
put("골앳aA", AT_WORD);
for (let unit = 0; unit < PLAIN_UNITS.length; unit++) if (PLAIN_UNITS[unit] !== STAYS) CLASSES[unit] = ODD;

/** The class of a UTF-16 unit. Each has one; to ask for a missing one would cost a twentieth of the whole search. */
export function classOf(unit: number): number {
  return CLASSES[unit] as number;
}

/** The UTF-16 unit at an index; 0 outside of the text: one `NaN` from `charCodeAt` makes every later call three times slower. */
export function unitAt(text: string, index: number): number {
  return index >= 0 && index < text.length ? text.charCodeAt(index) : 0;
}

/** The class of the unit at an index; {@link PLAIN} outside of the text. */
export function classAt(text: string, index: number): number {
  return classOf(unitAt(text, index));
}

/** The value of the digit at an index, plain, spelled or passed for by a letter. */
export function digitAt(text: string, index: number): number {
  return DIGITS[unitAt(text, index)] ?? 0;
}

/**
 * Passes over what cannot start anything.
 *
 * @returns the index of the next trigger at or after `from`, or the text's length
 */
export function nextTrigger(text: string, from: number): number {
  const { length } = text;
  let i = from;
  while (i < length && classOf(text.charCodeAt(i)) < TRIGGER) i++;
  return i;
}

/** Whether the unit at an index is an ASCII letter or digit; false outside of the text. */
export function isWordAt(text: string, index: number): boolean {
  return isDigitAt(text, index) || isLetterAt(text, index);
}

export function isDigitAt(text: string, index: number): boolean {
  const unit = unitAt(text, index);
  return unit >= 0x30 && unit <= 0x39;
}

export function isLetterAt(text: string, index: number): boolean {
  const unit = unitAt(text, index) | 0x20;
  return unit >= 0x61 && unit <= 0x7a;
}
