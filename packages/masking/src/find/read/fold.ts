import { asciiOf, DROPPED, JAMO, MATH, PLAIN_UNITS, STAYS, TAG } from "./odd.ts";

/** A text brought to plain characters, and where each of them came from. */
export interface Folded {
  readonly text: string;
  /** For each index of `text`, its end included, the index in the original. */
  readonly origins: Int32Array;
}

/** Makes an emoji of a digit. Too common behind other signs to be odd by itself, so it is dropped here only. */
const EMOJI_STYLE = 0xfe0f;
const CHUNK = 8_192;

/**
 * Folds the digits and letters of other widths, shapes and scripts to ASCII, composes Hangul, and drops invisible characters.
 * Linear in the length.
 */
export function fold(text: string): Folded {
  const units = new Uint16Array(text.length);
  const origins = new Int32Array(text.length + 1);
  let length = 0;
  for (let i = 0; i < text.length; ) {
    const width = widthAt(text, i);
    const plain = foldedUnit(text, i, width);
    if (plain !== DROPPED) {
      units[length] = plain;
      origins[length++] = i;
    }
    i += width;
  }
  origins[length] = text.length;
  return { text: toText(units.subarray(0, length)), origins };
}

function foldedUnit(text: string, i: number, width: number): number {
  if (width > 1) return composedUnit(text.slice(i, i + width));
  const unit = text.charCodeAt(i);
  if (isBetween(unit, 0xff01, 0xff5e)) return unit - 0xfee0;
  if (unit === EMOJI_STYLE) return DROPPED;
  const plain = PLAIN_UNITS[unit] ?? STAYS;
  return plain === STAYS ? unit : plain;
}

function composedUnit(units: string): number {
  return isJamo(units.charCodeAt(0)) ? units.normalize("NFC").charCodeAt(0) : asciiOf(units);
}

/** How many units make the character at `i`: a decomposed syllable two or three, a mathematical digit or a tag two. */
function widthAt(text: string, i: number): number {
  const unit = text.charCodeAt(i);
  if (unit === MATH || unit === TAG) return isBetween(text.charCodeAt(i + 1), 0xdc00, 0xdfff) ? 2 : 1;
  if (!isBetween(unit, 0x1100, 0x1112) || !isBetween(text.charCodeAt(i + 1), 0x1161, 0x1175)) return 1;
  return isBetween(text.charCodeAt(i + 2), 0x11a8, 0x11c2) ? 3 : 2;
}

function isJamo(unit: number): boolean {
  return isBetween(unit, JAMO[0], JAMO[1]);
}

function isBetween(unit: number, first: number, last: number): boolean {
  return unit >= first && unit <= last;
}

function toText(units: Uint16Array): string {
  let text = "";
  for (let i = 0; i < units.length; i += CHUNK) text += String.fromCharCode(...units.subarray(i, i + CHUNK));
  return text;
}
