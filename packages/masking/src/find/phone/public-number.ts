import { type Found, found } from "../found.ts";
import { isDigitAt } from "../read/character.ts";
import { endOfForm, isBeside } from "../read/form.ts";
import { AREA_CODE } from "./family.ts";

const ZERO = 0x30;
const ONE = 0x31;

/** Those in use of three digits, and of four. */
const THREE = "1(?:0[015-9]|1[0-9]|2[0-35-9]|3[124]|41|82|88)";
const FOUR = "13(?:0[01]|3[0-35-9]|45|5[057]|6[1569]|7[279]|8[25689]|9[013789])";
const AREA = `(?:02|${AREA_CODE})[-) ]{1,2}`;

/** A whole number, those of three digits also behind an area code: 02-120. */
const ANY = new RegExp(
  `(?<![0-9A-Za-z][-.,:/~+]?)(?:(?:${AREA})?${THREE}|${FOUR})(?![0-9A-Za-z]|[-.,:/~][0-9])`,
  "y",
);
const OF_FOUR = new RegExp(FOUR, "y");
/** What nobody takes for a child's size: those go in fives. */
const NO_SIZE = new RegExp(`1(?:[12][1-46-9]|82)|${FOUR}`, "y");

/** Words that say that a number is called, and the numbers they say it of. */
interface Evidence {
  readonly of: RegExp;
  readonly words: RegExp;
}

const OFFICES =
  "경찰[서청]?|소방[서청]?|구급대?|해경|다산콜|한전|한국전력|[국관]세청|권익위|복지부|소비자원|보호원|식약처|노동[부청]|질병청|금감원|국민연금|법률구조공단|선관위|국정원|서울시|구청|시청|도청";
/** Another number may stand between: 경찰(112)과 소방서(119), 긴급전화 112, 119. */
const BETWEEN = "(?:번호)?[은는이가]?[\\s:：(]{0,3}(?:1\\d{2,3}\\)?[\\s,·/]{1,3})?";

const IN_FRONT: readonly Evidence[] = [
  {
    of: ANY,
    words: new RegExp(
      `(?<=(?:전화|콜|센터|대표번호|핫라인|국번\\s?없이|ARS|☎|☏|📞|(?:${OFFICES})(?:\\s?(?:상담|민원|신고))?)${BETWEEN})`,
      "iy",
    ),
  },
  { of: ANY, words: /(?<=(?:신고|제보)(?:번호)?(?:\s?시)?[은는]?[\s:：(]{0,3})/y },
  { of: OF_FOUR, words: /(?<=(?:문의|상담|접수|민원|안내)(?:번호)?(?:\s?시)?[은는]?[\s:：(]{0,3})/y },
];

/** What must follow where only the words in front speak: the end, a particle, a word about a call; never a unit. */
const NO_UNIT =
  /번?\s*(?:$|[\n()[\],.;·!?~—-])|\s?(?:번(?:으로|에|은|이|을)|으로|로|에|은|는|이|가|을|를|도|과|와|나|또는)(?![가-힣])|번?(?:이에요|예요|입니다|이라|으로|로|에)|\s(?:연결|연락|전화|통화|신고|안내|다산콜|콜센터|상담)/y;

const BEHIND: readonly Evidence[] = [
  // 119 (소방), but not the toys: 119 소방차.
  { of: ANY, words: /\s?\((?:소방|경찰|구급|해경|범죄|화재)(?!차)/y },
  { of: ANY, words: /\s?\(?(?:소방서|경찰서|경찰청|다산콜|콜센터|상담센터|상담전화|신고센터|소비자상담)/y },
  { of: ANY, words: /번?(?:으로|로|에)\s?(?:다시\s|바로\s)?(?:신고|전화|제보|연락)/y },
  { of: OF_FOUR, words: /번?(?:으로|로|에)\s?(?:문의|상담|접수|민원)/y },
  { of: NO_SIZE, words: /번?[를을]?\s?(?:신고|제보|불[렀러])/y },
];

/** Whether the digits at `start` begin like a public number, so that only few are looked at closely. */
export function isPublicLike(text: string, start: number): boolean {
  const first = text.charCodeAt(start);
  return first === ZERO || (first === ONE && isDigitAt(text, start + 2));
}

/**
 * Finds a public number of three or four digits (특수번호): 경찰 112, 1345로 문의, 시청 02-120.
 *
 * Sizes, ages, prices and counts look alike, so words must say that it is called.
 *
 * @param start - index of the number's first digit
 */
export function findPublicNumber(text: string, start: number): Found | undefined {
  const end = endOfForm(ANY, text, start);
  return end !== -1 && isCalled(text, start, end) ? found("phone", start, end, "likely") : undefined;
}

function isCalled(text: string, start: number, end: number): boolean {
  const speaks = (evidence: readonly Evidence[], at: number): boolean =>
    evidence.some(({ of, words }) => isBeside(text, at, words) && isBeside(text, start, of));
  return speaks(BEHIND, end) || (isBeside(text, end, NO_UNIT) && speaks(IN_FRONT, start));
}
