import { type Found, found } from "./found.ts";
import { isLetterAt, isWordAt, unitAt } from "./read/character.ts";
import { endOfForm } from "./read/form.ts";

/** RFC 5321, 4.5.3.1.1: the longest local part. */
const LONGEST_LOCAL = 64;
const LOCAL_SIGNS = "._%+-";

const LABEL = "[A-Za-z0-9-]{1,63}";
const TOP_LABEL = "[A-Za-z]{2,24}";
/** What is said or typed for the dot: 점, [dot], " dot ", naver,com. */
const SAID_DOT =
  "(?:\\s?[([{<]\\s?(?:dot|점|쩜|닷|\\.)\\s?[)\\]}>]\\s?|\\sdot\\s|\\s?(?:점|쩜|닷)\\s?|[。·]|,(?=com|net|co|kr))";

const DOMAIN = new RegExp(`(?:${LABEL}\\.){1,5}${TOP_LABEL}`, "y");
const DOMAIN_SAID = domainWith(`(?:\\.|${SAID_DOT})`);
/** With blanks around the dot, too. */
const DOMAIN_LOOSE = domainWith(`(?:\\s?\\.\\s?|${SAID_DOT})`);
/** Providers that people name without their top-level domain. */
const PROVIDER =
  /(?:(?:naver|gmail|daum|hanmail|kakao|nate|hotmail|outlook|icloud)(?![A-Za-z0-9])|(?:네이버|지메일|다음|한메일|카카오|네이트|핫메일|아웃룩|구글))(?:\s?(?:\.|점|쩜|닷)?\s?(?:컴|콤|넷|com|net))?/iy;

/** What stands for @ besides itself. */
const SAID_AT = /골뱅이|앳|[([{<]\s?(?:at|앳|골뱅이|@)\s?[)\]}>]/iy;
/** The English word, as it stands in prose too: only a domain with its dot makes it an @. */
const WORD_AT = /at(?=\s)/iy;

function domainWith(dot: string): RegExp {
  return new RegExp(`${LABEL}(?:${dot}${LABEL}){0,3}${dot}${TOP_LABEL}`, "iy");
}

/** A way to write the @, and the forms of the domain that it lets believe, the first that fits. */
interface Sign {
  readonly end: number;
  readonly domains: readonly RegExp[];
}

const BEHIND_TIGHT = [DOMAIN_SAID, PROVIDER];
const BEHIND_LOOSE = [DOMAIN_LOOSE, PROVIDER];
const BEHIND_WORD = [DOMAIN_SAID];

/**
 * Finds an e-mail address around an @ or what is said for it.
 *
 * @param at - index of the @, of what may start a word for it, or of an opening bracket
 * @param floor - index before which nothing may be taken, inclusive
 */
export function findEmail(text: string, at: number, floor: number): Found | undefined {
  const sign = signAt(text, at);
  const start = sign ? localStart(text, at, floor) : at;
  if (sign === undefined || start === at) return undefined;
  const exact = sign.domains === BEHIND_TIGHT ? endOfForm(DOMAIN, text, sign.end) : -1;
  if (exact !== -1) return found("email", start, exact, "certain");
  const from = isSpace(text, sign.end) ? sign.end + 1 : sign.end;
  const end = firstEnd(sign.domains, text, from);
  return end === -1 ? undefined : found("email", start, end, "likely");
}

function signAt(text: string, at: number): Sign | undefined {
  if (text[at] === "@") {
    const isTight = !isSpace(text, at - 1) && !isSpace(text, at + 1);
    return { end: at + 1, domains: isTight ? BEHIND_TIGHT : BEHIND_LOOSE };
  }
  const isWord = isLetterAt(text, at);
  if (isWord && !isSpace(text, at - 1)) return undefined;
  const end = endOfForm(isWord ? WORD_AT : SAID_AT, text, at);
  return end === -1 ? undefined : { end, domains: isWord ? BEHIND_WORD : BEHIND_LOOSE };
}

function firstEnd(forms: readonly RegExp[], text: string, from: number): number {
  for (const form of forms) {
    const end = endOfForm(form, text, from);
    if (end !== -1) return end;
  }
  return -1;
}

/** Where the local part starts that ends in front of `at`; `at` itself if there is none. */
function localStart(text: string, at: number, floor: number): number {
  const end = isSpace(text, at - 1) ? at - 1 : at;
  const least = Math.max(floor, end - LONGEST_LOCAL);
  let start = end;
  while (start > least && isLocalAt(text, start - 1)) start--;
  while (start < end && !isWordAt(text, start)) start++;
  return start === end ? at : start;
}

function isLocalAt(text: string, index: number): boolean {
  return isWordAt(text, index) || LOCAL_SIGNS.includes(text[index] ?? " ");
}

function isSpace(text: string, index: number): boolean {
  return unitAt(text, index) === 0x20;
}

/** Whether what ends at an index is the local part of an address: digits in front of @ are no number of their own. */
export function isLocalPart(text: string, end: number): boolean {
  return text[end] === "@" && isLetterAt(text, end + 1);
}
