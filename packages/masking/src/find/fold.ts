import { classOf, ODD } from "./scan.ts";

/** A text brought to plain characters, and where each of them came from. */
export interface Folded {
  readonly text: string;
  /** For each index of `text`, its end included, the index in the original. */
  readonly origins: Int32Array;
}

const VARIATION = 0xfe0f;
const MATH = 0xd835;
const MATH_ZERO = 0xdfce;
const CHUNK = 8_192;
/** The circled ones that Unicode keeps as ornaments: ❶ ➀ ➊. Two to nine follow each. */
const DINGBAT_ONES = [0x2776, 0x2780, 0x278a];

/** Plain units for odd ones; 0 for those that are dropped. */
const PLAIN_UNITS = new Map<number, number>();
for (let unit = 0; unit < 0x1_0000; unit++) {
  const isFullWidth = unit >= 0xff01 && unit <= 0xff5e;
  if (isFullWidth || (classOf(unit) === ODD && !isJamo(unit))) PLAIN_UNITS.set(unit, plainUnit(unit));
}
PLAIN_UNITS.set(VARIATION, 0);

/** NFKC knows most circles, full width, raised and lowered; what it leaves outside of ASCII is invisible. */
function plainUnit(unit: number): number {
  const ones = DINGBAT_ONES.find((one) => isBetween(unit, one, one + 8));
  if (ones !== undefined) return 0x31 + unit - ones;
  const plain = String.fromCharCode(unit).normalize("NFKC");
  return plain.length === 1 && plain.charCodeAt(0) < 0x80 ? plain.charCodeAt(0) : 0;
}

/**
 * Folds full-width, circled and mathematical digits, full-width letters and signs to ASCII, composes Hangul, and drops
 * invisible characters. Linear in the length.
 */
export function fold(text: string): Folded {
  const units = new Uint16Array(text.length);
  const origins = new Int32Array(text.length + 1);
  let length = 0;
  for (let i = 0; i < text.length; ) {
    const width = widthAt(text, i);
    const plain = foldedUnit(text, i, width);
    if (plain !== 0) {
      units[length] = plain;
      origins[length++] = i;
    }
    i += width;
  }
  origins[length] = text.length;
  return { text: toText(units.subarray(0, length)), origins };
}

function foldedUnit(text: string, i: number, width: number): number {
  const unit = text.charCodeAt(i);
  if (unit === MATH && width === 2) return 0x30 + ((text.charCodeAt(i + 1) - MATH_ZERO) % 10);
  if (isJamo(unit)) return width === 1 ? 0 : composedUnit(text.slice(i, i + width));
  return PLAIN_UNITS.get(unit) ?? unit;
}

function composedUnit(letters: string): number {
  return letters.normalize("NFC").charCodeAt(0);
}

/** How many units make the character at `i`: a mathematical digit two, a decomposed syllable two or three. */
function widthAt(text: string, i: number): number {
  const unit = text.charCodeAt(i);
  if (unit === MATH) return isBetween(text.charCodeAt(i + 1), MATH_ZERO, 0xdfff) ? 2 : 1;
  if (!isBetween(unit, 0x1100, 0x1112) || !isBetween(text.charCodeAt(i + 1), 0x1161, 0x1175)) return 1;
  return isBetween(text.charCodeAt(i + 2), 0x11a8, 0x11c2) ? 3 : 2;
}

function isJamo(unit: number): boolean {
  return isBetween(unit, 0x1100, 0x11ff);
}

function isBetween(unit: number, first: number, last: number): boolean {
  return unit >= first && unit <= last;
}

function toText(units: Uint16Array): string {
  let text = "";
  for (let i = 0; i < units.length; i += CHUNK) text += String.fromCharCode(...units.subarray(i, i + CHUNK));
  return text;
}
