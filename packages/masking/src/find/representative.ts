import { isBeside, isNamedOtherwise } from "./context.ts";
import { hasOnlyGaps, isLaidOut, isWhole } from "./layout.ts";
import { isTiedAfter, isTiedBefore, type NumberMatch } from "./number.ts";
import { PHONE_GAPS, PHONE_WORDS, phone } from "./phone-form.ts";
import { type DigitRun, endOf, gapAt, hasDigits, placeOf } from "./run.ts";
import { HYPHEN } from "./scan.ts";

/** The exchanges that were given out. */
const EXCHANGES = /^1(?:5(?:22|33|44|66|77|88|99)|6(?:00|11|22|33|44|55|61|66|70|88)|8(?:00|11|33|55|77|99))/;
const LENGTH = 8;
const LAYOUT = [4, 4];
const CUT_LENGTH = 10;
const CUT_LAYOUT = [2, 4, 4];

const UNITS_AFTER =
  /\s?(?:원|년|개|점|명|매|호|번|쪽|세기|포인트|사이즈|픽셀|대|(?:g|kg|ml|l|mm|cm|m|w|v|mah|px)(?![A-Za-z]))/iy;

/** Finds a representative number (대표번호). 1588-1600 reads like a range or a size, so words or the form must speak for it. */
export function matchRepresentative(run: DigitRun, i: number): NumberMatch | undefined {
  if (!hasDigits(run, i, LENGTH) || !EXCHANGES.test(run.digits.slice(i, i + LENGTH))) return undefined;
  const isParted = isLaidOut(run, i, LAYOUT) && hasOnlyGaps(run, i, LENGTH, PHONE_GAPS);
  if (!isParted && !isWhole(run, i, LENGTH)) return undefined;
  if (isTiedBefore(run, i) || isTiedAfter(run, i, LENGTH)) return undefined;
  if (isBeside(run.text, placeOf(run, i), PHONE_WORDS)) return phone(LENGTH, "certain");
  const isHyphened = isParted && gapAt(run, i + 4) === HYPHEN;
  return isHyphened && !isMeasure(run, i) ? phone(LENGTH, "likely") : undefined;
}

function isMeasure(run: DigitRun, i: number): boolean {
  const [from, to] = [run.digits.slice(i, i + 4), run.digits.slice(i + 4, i + LENGTH)];
  const isRange = from.endsWith("0") && to.endsWith("0") && to > from;
  if (isRange || isNamedOtherwise(run.text, placeOf(run, i))) return true;
  return isBeside(run.text, endOf(run, i, LENGTH), UNITS_AFTER);
}

/** Finds a mobile number whose zero a spreadsheet took: 10-1234-5678. */
export function matchCut(run: DigitRun, i: number): NumberMatch | undefined {
  if (!hasDigits(run, i, CUT_LENGTH) || !run.digits.startsWith("10", i)) return undefined;
  if (isTiedBefore(run, i) || isTiedAfter(run, i, CUT_LENGTH)) return undefined;
  return isCutExplained(run, i) ? phone(CUT_LENGTH, "likely") : undefined;
}

function isCutExplained(run: DigitRun, i: number): boolean {
  const start = placeOf(run, i);
  if (isWhole(run, i, CUT_LENGTH)) return isBeside(run.text, start, PHONE_WORDS);
  const isHyphened = isLaidOut(run, i, CUT_LAYOUT) && hasOnlyGaps(run, i, CUT_LENGTH, [HYPHEN]);
  return isHyphened && !isNamedOtherwise(run.text, start);
}
