import { startsCompound } from "../masks/name.ts";

/** A place of a text, UTF-16 indexes, the end exclusive. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** What people write behind a name (호칭). The longer first. */
const TITLE =
  "고객님|구매자님|회원님|주문자님|손님|고객|구매자|회원|선생님|사장님|어머님|아버님|여사님|님|씨|군|양";
/** Between two syllables of a name: nothing, a space, or a sign that is to hide it. */
const GAP = "[ ._\\-·*~]?";
/** What stands for a letter that was left out. */
const HOLE = "[*＊○●◯ㅇ0OoXx×■□]";
const BEFORE = "(?<![\\p{L}\\p{N}])";

/**
 * Surnames that are a word before a title: "이 고객님" is this customer, "손님" a guest, "한 고객님" one customer. They count with a
 * letter left out alone.
 */
const WORDS: ReadonlySet<string> = new Set(
  "이 손 한 전 주 신 모 우 현 본 노 고 여 남 구 성 장 양 제 방 원 유 도 선 명 단".split(" "),
);

const LONGEST_NAME = 50;

/**
 * Finds the names of one order in a folded text: whole, with signs between the letters, without the surname before a title, the surname
 * alone before a title, and with letters left out.
 *
 * The forms are bounded and made of escaped letters alone, so the time is linear in the text.
 */
export function findNames(text: string, names: readonly string[]): readonly Place[] {
  return names.flatMap((name) => formsOf(name).flatMap((form) => [...text.matchAll(form)].map(placeOf)));
}

function placeOf(match: RegExpExecArray): Place {
  return { start: match.index, end: match.index + match[0].length };
}

function formsOf(given: string): readonly RegExp[] {
  const name = given.normalize("NFC").trim();
  if (name === "" || name.length > LONGEST_NAME) return [];
  const joined = name.replace(/\s+/gu, "");
  const forms = /^[가-힣]{2,10}$/u.test(joined) ? hangulForms(joined) : wordForms(name);
  return forms.map((form) => new RegExp(form, "giu"));
}

function hangulForms(name: string): readonly string[] {
  const at = name.length > 2 && startsCompound(name) ? 2 : 1;
  const [surname, first] = [name.slice(0, at), name.slice(at)];
  const whole = [...name].join(GAP);
  const title = ` ?(?:${TITLE})`;
  return [
    // Two letters are a word of many sentences: they count where a word begins and a name may end.
    name.length === 2
      ? `${BEFORE}${whole}(?: ?(?:${TITLE})|(?![가-힣])|(?=(?:은|는|이|가|을|를|의|께|에게|이나|아|야)(?![가-힣])))`
      : `${whole}(?:${title})?`,
    ...(first.length > 1 ? [`${BEFORE}${first}이?${title}`] : [`${BEFORE}${first}이?(?:님|씨)`]),
    ...(WORDS.has(surname) ? [] : [`${BEFORE}${surname}${title}`]),
    `${BEFORE}${surname}${HOLE}{1,3}${last(name)}?(?:${title})?`,
    `${BEFORE}${HOLE}{1,2}${first}(?:${title})?`,
  ];
}

function last(name: string): string {
  return name.slice(-1);
}

/** Names of other scripts: whole with any space between, and each word of three letters or more with a title beside it. */
function wordForms(name: string): readonly string[] {
  const words = name.split(/\s+/u).map((word) => word.replace(/[^\p{L}\p{N}]/gu, "\\$&"));
  const whole = `${BEFORE}${words.join("[\\s.,-]{0,3}")}(?![\\p{L}\\p{N}])`;
  const alone = words
    .filter((word) => word.length >= 3)
    .flatMap((word) => [
      `${BEFORE}${word} ?(?:${TITLE})`,
      `${BEFORE}(?:mr|mrs|ms|miss|dear)\\.? ${word}(?![\\p{L}\\p{N}])`,
    ]);
  return [whole, ...alone];
}
