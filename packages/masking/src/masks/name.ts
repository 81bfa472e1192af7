import { codeAt } from "../code-unit.ts";
import { FULL } from "./text.ts";

/** Words of letters; a combining mark belongs to the letter before it. */
const NAME = /^\p{L}[\p{L}\p{M}]*(?: \p{L}[\p{L}\p{M}]*)*$/u;
const HANGUL = /^\p{Script=Hangul}+$/u;
const FIRST_LETTER = /^\p{L}/u;
const LONE_LETTER = /^\p{L}\p{M}*$/u;
const SPACES = / /g;

/** Longer than any name: a star for each letter would only copy the length of some other text. Code units. */
const LONGEST_NAME = 100;

/** Surnames of two syllables (복성). Together with a given name of one, first and last letter would leave the given name clear. */
const COMPOUND_SURNAMES =
  "남궁 황보 제갈 사공 선우 서문 독고 동방 어금 망절 소봉 장곡 강전 황목 등정 무본".split(" ");

const COMPOUNDS: ReadonlySet<number> = new Set(COMPOUND_SURNAMES.map((it) => pairOf(it, 0)));

/**
 * Masks a person's name (성명).
 *
 * @param name - in normal form, not empty
 * @returns Hangul: first and last letter kept (홍*동); other scripts: the first letter of each word; with anything but letters
 *   and spaces in it: the first letter, then `***`
 */
export function maskName(name: string): string {
  if (name.length > LONGEST_NAME || !NAME.test(name)) return (FIRST_LETTER.exec(name)?.[0] ?? "") + FULL;
  // The space of `홍 길동` parts surname and given name: word by word would show the given name's first letter.
  const joined = name.replace(SPACES, "");
  return HANGUL.test(joined) ? maskHangul(joined) : name.split(" ").map(maskWord).join(" ");
}

function maskHangul(name: string): string {
  const letters = [...name];
  const [first = ""] = letters;
  if (letters.length === 1) return "*";
  if (letters.length === 2) return `${first}*`;
  if (letters.length === 3 && startsCompound(name)) return `${first}**`;
  return first + "*".repeat(letters.length - 2) + letters[letters.length - 1];
}

function maskWord(word: string): string {
  if (LONE_LETTER.test(word)) return "*";
  const [first = "", ...rest] = word;
  return first + "*".repeat(rest.length);
}

/** Tells whether a text of Hangul syllables starts with a surname of two. */
export function startsCompound(name: string): boolean {
  return COMPOUNDS.has(pairOf(name, 0));
}

/** Two syllables as one small integer. */
function pairOf(text: string, at: number): number {
  return (codeAt(text, at) - 0xac00) * 11_172 + codeAt(text, at + 1) - 0xac00;
}
