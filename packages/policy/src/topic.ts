/** Where Hangul syllables stand in Unicode; each has one of 28 ends, the first of which is none. */
const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const ENDS = 28;

/** Digits whose Korean name (영, 일, 삼, 육, 칠, 팔) ends in a consonant. */
const CLOSED_DIGITS = "013678";
/** Letters whose name (엘, 엠, 엔, 알) does, for names that are spelt out. */
const CLOSED_LETTERS = "LMNR";
/** How Latin words that end in a consonant to Korean ears are written: Market (마켓), Mall (몰), Google (구글), Line (라인); not Mart (마트). */
const CLOSED_WORD = /(?:[lmn]|ng|[aeiou][bckgpt]|[lmn]e)$/i;
const SPELT_OUT = /(?:^|[^A-Za-z])[A-Z]{1,3}$/;

/**
 * A name as the topic of a Korean sentence: with 은 behind a consonant (종성) and 는 behind a vowel, as its last letter or digit is said.
 *
 *     withTopic("우리마켓") // "우리마켓은"
 *     withTopic("(주)가림") // "(주)가림은"
 *
 * Latin words are taken by how their ends are usually written in Hangul. Where nobody can tell how it is said, both stand: `은(는)`.
 */
export function withTopic(name: string): string {
  const said = name.replace(/[^\p{L}\p{N}]+$/u, "");
  const isClosed = endsInConsonant(said);
  if (isClosed === undefined) return `${name}은(는)`;
  return `${name}${isClosed ? "은" : "는"}`;
}

function endsInConsonant(word: string): boolean | undefined {
  const last = word.at(-1) ?? "";
  if (/[0-9]/.test(last)) return CLOSED_DIGITS.includes(last);
  if (SPELT_OUT.test(word)) return CLOSED_LETTERS.includes(last);
  if (/[A-Za-z]/.test(last)) return CLOSED_WORD.test(word);
  const code = last.charCodeAt(0);
  if (!(code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE)) return undefined;
  return (code - FIRST_SYLLABLE) % ENDS !== 0;
}
