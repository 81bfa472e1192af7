/** {@link PLAIN_UNITS}: the unit is plain already. */
export const STAYS = 0xffff;
/** {@link PLAIN_UNITS}: the unit is invisible, a decoration, or nothing without its neighbours. */
export const DROPPED = 0;

/**
 * For each UTF-16 unit the plain one it is read as. Those that do not stay are odd: a text with one of them is folded before
 * it is read.
 */
export const PLAIN_UNITS: Uint16Array = new Uint16Array(0x1_0000).fill(STAYS);

/** First and last unit. */
type Range = readonly [number, number];

/** Decomposed Hangul, as some file systems and phones send it. */
export const JAMO: Range = [0x1100, 0x11ff];
/** First half of mathematical letters and digits: 𝟎𝟏𝟎, 𝐚𝐛𝐜. */
export const MATH = 0xd835;
/** First half of tags and of variation selectors, which are invisible. */
export const TAG = 0xdb40;

const INVISIBLE: readonly Range[] = [
  [0x00ad, 0x00ad],
  [0x061c, 0x061c],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0e],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
];

/** Strokes, lines and circles laid over a digit, the keycap among them. */
const OVERLAYS: readonly Range[] = [
  [0x0300, 0x036f],
  [0x20d0, 0x20ff],
];

/** Full width, raised, lowered and circled digits and letters, in the sense of Unicode's NFKC. */
const COMPATIBLE: readonly Range[] = [
  [0x00b2, 0x00b3],
  [0x00b9, 0x00b9],
  [0x2070, 0x2070],
  [0x2074, 0x2079],
  [0x2080, 0x2089],
  [0x2460, 0x2468],
  [0x24b6, 0x24ea],
  [0xfe6b, 0xfe6b],
  [0xff0e, 0xff0e],
  [0xff10, 0xff19],
  [0xff20, 0xff3a],
  [0xff3f, 0xff3f],
  [0xff41, 0xff5a],
];

/** The zeros of other scripts' decimal digits, nine more behind each: Arabic-Indic, Devanagari, Thai … */
const ZEROS: readonly number[] = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6,
  0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0,
  0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0,
];

/** The ones of the circles that Unicode keeps as ornaments, eight more behind each: ❶ ➀ ➊ ⓵. */
const CIRCLED_ONES: readonly number[] = [0x24f5, 0x2776, 0x2780, 0x278a];

function put(first: number, last: number, plain: (unit: number) => number): void {
  for (let unit = first; unit <= last; unit++) PLAIN_UNITS[unit] = plain(unit);
}

for (const [first, last] of [...INVISIBLE, ...OVERLAYS, JAMO, [MATH, MATH], [TAG, TAG]] as readonly Range[])
  put(first, last, () => DROPPED);
for (const [first, last] of COMPATIBLE) put(first, last, (unit) => asciiOf(String.fromCharCode(unit)));
for (const zero of ZEROS) put(zero, zero + 9, (unit) => 0x30 + unit - zero);
for (const one of CIRCLED_ONES) put(one, one + 8, (unit) => 0x31 + unit - one);
// ⓿; Ⓐ and ⓐ, which people write for @.
put(0x24ff, 0x24ff, () => 0x30);
for (const circledA of [0x24b6, 0x24d0]) put(circledA, circledA, () => 0x40);

/** The ASCII unit that NFKC gives for a character; {@link DROPPED} for what it leaves outside of ASCII. */
export function asciiOf(character: string): number {
  const plain = character.normalize("NFKC");
  return plain.length === 1 && plain.charCodeAt(0) < 0x80 ? plain.charCodeAt(0) : DROPPED;
}
