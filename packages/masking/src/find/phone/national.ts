import { isBehind, isNamedOtherwise, isTiedAfter, isTiedBefore, type NumberMatch } from "../number.ts";
import { SPACE } from "../read/character.ts";
import { endOfForm } from "../read/form.ts";
import { hasGapsOnlyAt, hasOnlyGaps, isWhole } from "../read/layout.ts";
import { type DigitRun, endOf, hasDigits } from "../read/run.ts";
import { familyOf, NO_SUBSCRIBER, PHONE_GAPS, phone } from "./family.ts";
import { isCalled, PHONE_WORDS } from "./words.ts";

/** No exchange starts with 0 or 1 here; believed to be one only where hyphens or words say so. */
const NO_EXCHANGE = /^0(?:1\d|2|[3-6]\d)[01]/;
const SHORTEST = 9;
const LONGEST = 12;
/** The last of several lines: 031-345-6789~90. */
const LINES = /~\d{1,4}(?![\d-])/y;

/** Finds a landline, a safe or an internet number: 031-123-4567, 02)123-4567, 0507-1234-5678, 070 1234 5678 */
export function matchNational(run: DigitRun, i: number): NumberMatch | undefined {
  if (run.digits.length - i < SHORTEST) return undefined;
  const digits = run.digits.slice(i, i + LONGEST);
  const family = familyOf(digits);
  const count = family?.lengths.find((length) => isGrouped(run, i, length, family.prefixLength));
  if (count === undefined || NO_SUBSCRIBER.test(digits.slice(0, count))) return undefined;
  if (!isFree(run, i, count)) return undefined;
  return isWhole(run, i, count) ? judgeWhole(run, i, count) : judgeParted(run, i, count);
}

function isGrouped(run: DigitRun, i: number, length: number, prefixLength: number): boolean {
  if (!hasDigits(run, i, length) || !hasOnlyGaps(run, i, length, PHONE_GAPS)) return false;
  return hasGapsOnlyAt(run, i, length, [prefixLength, length - 4]);
}

/** Tel02-123-4567 is free of what stands in front of it, AB-02-123-4567 is not. */
function isFree(run: DigitRun, i: number, count: number): boolean {
  return !isTiedAfter(run, i, count) && (!isTiedBefore(run, i) || isBehind(run, i, PHONE_WORDS));
}

function judgeWhole(run: DigitRun, i: number, count: number): NumberMatch | undefined {
  if (isNamedOtherwise(run, i)) return undefined;
  const isGivenOut = !NO_EXCHANGE.test(run.digits.slice(i, i + count));
  return isGivenOut || isCalled(run, i, count) ? phone(count, "likely") : undefined;
}

function judgeParted(run: DigitRun, i: number, count: number): NumberMatch {
  const isLoose = hasOnlyGaps(run, i, count, [SPACE]);
  return phone(count + countLines(run, i, count), isLoose ? "likely" : "certain");
}

/** How many digits name the last of several lines. */
function countLines(run: DigitRun, i: number, count: number): number {
  const end = endOf(run, i, count);
  return Math.max(0, endOfForm(LINES, run.text, end) - end - 1);
}
