import { matchAbroad } from "./abroad.ts";
import { isBeside, isNamedOtherwise } from "./context.ts";
import { hasGapsOnlyAt, hasOnlyGaps, isWhole } from "./layout.ts";
import { matchMobile } from "./mobile.ts";
import { isTiedAfter, isTiedBefore, type NumberMatch } from "./number.ts";
import { familyOf, NO_SUBSCRIBER, PHONE_GAPS, PHONE_WORDS, phone } from "./phone-form.ts";
import { matchCut, matchRepresentative } from "./representative.ts";
import { type DigitRun, hasDigits, placeOf } from "./run.ts";
import { SPACE } from "./scan.ts";

/** No exchange starts with 0 or 1 here; believed to be one only where hyphens say so. */
const NO_EXCHANGE = /^0(?:1\d|2|[3-6]\d)[01]/;
const SHORTEST = 9;
const LONGEST = 12;

/** Finds a phone number (전화번호): mobile, safe, internet, landline, representative; also with the country code. */
export function matchPhone(run: DigitRun, i: number): NumberMatch | undefined {
  switch (run.digits[i]) {
    case "0":
      return matchMobile(run, i) ?? matchNational(run, i) ?? matchAbroad(run, i);
    case "1":
      return matchRepresentative(run, i) ?? matchCut(run, i);
    case "8":
      return matchAbroad(run, i);
    default:
      return undefined;
  }
}

/** 031-123-4567, 02)123-4567, 0507-1234-5678, 070 1234 5678 */
function matchNational(run: DigitRun, i: number): NumberMatch | undefined {
  if (run.digits.length - i < SHORTEST) return undefined;
  const digits = run.digits.slice(i, i + LONGEST);
  const family = familyOf(digits);
  const count = family?.lengths.find((length) => isGrouped(run, i, length, family.prefixLength));
  if (count === undefined || NO_SUBSCRIBER.test(digits.slice(0, count))) return undefined;
  if (!isFree(run, i, count)) return undefined;
  const isBare = isWhole(run, i, count);
  if (isBare && (NO_EXCHANGE.test(digits) || isNamedOtherwise(run.text, placeOf(run, i)))) return undefined;
  return phone(count, isBare || hasOnlyGaps(run, i, count, [SPACE]) ? "likely" : "certain");
}

function isGrouped(run: DigitRun, i: number, length: number, prefixLength: number): boolean {
  if (!hasDigits(run, i, length) || !hasOnlyGaps(run, i, length, PHONE_GAPS)) return false;
  return hasGapsOnlyAt(run, i, length, [prefixLength, length - 4]);
}

/** Tel02-123-4567 is free of what stands in front of it, AB-02-123-4567 is not. */
function isFree(run: DigitRun, i: number, count: number): boolean {
  if (isTiedAfter(run, i, count)) return false;
  return !isTiedBefore(run, i) || isBeside(run.text, placeOf(run, i), PHONE_WORDS);
}
