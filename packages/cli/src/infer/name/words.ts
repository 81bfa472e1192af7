import { type Concept, conceptOf } from "./lexicon.ts";

/** A word of a member's name: what it is about, or nothing where it is not known. */
export interface Word {
  readonly text: string;
  readonly concept: Concept | undefined;
}

/** Where one word ends and the next begins: camelCase, HTMLText, letters and digits, Latin and Hangul. */
const SEAMS =
  /(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=\p{L})(?=\d)|(?<=\d)(?=\p{L})|(?<=[A-Za-z])(?=[가-힣])|(?<=[가-힣])(?=[A-Za-z])/u;
const BETWEEN = /[^\p{L}\p{N}]+/u;
const HANGUL = /^[가-힣]+$/;
const DIGITS = /^\d+$/;

/** Longer pieces are no words written together. */
const LONGEST_PIECE = 40;

/**
 * Splits a member's name into words: `rcvr_hp_no`, `rcvrHpNo`, `RCVRHPNO` and 수취인휴대폰번호 alike. Numbers at its end (`addr2`)
 * say nothing and are left out.
 */
export function splitName(name: string): readonly Word[] {
  return name
    .normalize("NFC")
    .split(BETWEEN)
    .flatMap((piece) => piece.split(SEAMS))
    .filter((piece) => piece !== "" && !DIGITS.test(piece))
    .flatMap((piece) => splitPiece(piece.toLowerCase()))
    .reduce(joinKnown, [])
    .map((text) => ({ text, concept: conceptOf(text) }));
}

/** Two pieces that are one word together are one: `loginId`, `e_mail`, 구매 확정. */
function joinKnown(words: readonly string[], word: string): string[] {
  const joined = (words.at(-1) ?? "") + word;
  return words.length > 0 && conceptOf(joined) !== undefined
    ? [...words.slice(0, -1), joined]
    : [...words, word];
}

function splitPiece(piece: string): readonly string[] {
  if (conceptOf(piece) !== undefined || piece.length > LONGEST_PIECE) return [piece];
  return cover(piece) ?? splitTail(piece) ?? [piece];
}

/** A Korean word says at its end what it is, even where its beginning is not known: 수신여부. */
function splitTail(piece: string): readonly string[] | undefined {
  if (!HANGUL.test(piece)) return undefined;
  for (let i = 1; i < piece.length; i++)
    if (conceptOf(piece.slice(i)) !== undefined) return [...splitPiece(piece.slice(0, i)), piece.slice(i)];
  return undefined;
}

/** The fewest known words that make up a piece; nothing where they cannot. */
function cover(piece: string): readonly string[] | undefined {
  const best: (readonly string[] | undefined)[] = [[]];
  for (let end = 1; end <= piece.length; end++) best.push(coverTo(piece, end, best));
  return best[piece.length];
}

function coverTo(
  piece: string,
  end: number,
  best: readonly (readonly string[] | undefined)[],
): readonly string[] | undefined {
  return best
    .map((words, start) => addWord(words, piece.slice(start, end)))
    .reduce(
      (one, other) => (one === undefined || (other && other.length < one.length) ? other : one),
      undefined,
    );
}

function addWord(words: readonly string[] | undefined, word: string): readonly string[] | undefined {
  return words !== undefined && conceptOf(word) !== undefined ? [...words, word] : undefined;
}
