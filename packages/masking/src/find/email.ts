import { endOfForm } from "./form.ts";
import { type Found, found } from "./found.ts";
import { isLetterAt, isWordAt, unitAt } from "./scan.ts";

/** RFC 5321, 4.5.3.1.1: the longest local part. */
const LONGEST_LOCAL = 64;
const LOCAL_SIGNS = "._%+-";

const DOMAIN = /(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}/y;
const DOMAIN_LOOSE =
  /[A-Za-z0-9-]{1,63}(?:\s?(?:\.|점|쩜|닷)\s?[A-Za-z0-9-]{1,24}){0,3}\s?(?:\.|점|쩜|닷)\s?[A-Za-z]{2,24}/y;
/** Providers that people name without their top-level domain. */
const PROVIDER =
  /(?:(?:naver|gmail|daum|hanmail|kakao|nate|hotmail|outlook|icloud)(?![A-Za-z0-9])|(?:네이버|지메일|다음|한메일|카카오|네이트|핫메일|아웃룩|구글))(?:\s?(?:\.|점|쩜|닷)?\s?(?:컴|콤|넷|com|net))?/iy;

/** What stands for @ besides itself. */
const SPOKEN_AT = /골뱅이|[([{<]\s?(?:at|앳|골뱅이|@)\s?[)\]}>]/iy;

/**
 * Finds an e-mail address around an @ or what is said for it.
 *
 * @param at - index of the @, of 골뱅이 or of an opening bracket
 * @param floor - index before which nothing may be taken, inclusive
 */
export function findEmail(text: string, at: number, floor: number): Found | undefined {
  const isPlain = text[at] === "@";
  const afterAt = isPlain ? at + 1 : endOfForm(SPOKEN_AT, text, at);
  if (afterAt === -1) return undefined;
  const start = localStart(text, at, floor);
  if (start === at) return undefined;
  const isTight = isPlain && !isSpace(text, at - 1) && !isSpace(text, afterAt);
  const end = isTight ? endOfForm(DOMAIN, text, afterAt) : -1;
  if (end !== -1) return found("email", start, end, "certain");
  const loose = looseEnd(text, isSpace(text, afterAt) ? afterAt + 1 : afterAt, isTight);
  return loose === -1 ? undefined : found("email", start, loose, "likely");
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

function looseEnd(text: string, from: number, isTight: boolean): number {
  const end = isTight ? -1 : endOfForm(DOMAIN_LOOSE, text, from);
  return end === -1 ? endOfForm(PROVIDER, text, from) : end;
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
