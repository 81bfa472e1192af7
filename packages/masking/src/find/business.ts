import { isBeside } from "./context.ts";
import type { Confidence } from "./found.ts";
import { hasOnlyGaps, isLaidOut, isWhole } from "./layout.ts";
import { isTiedAfter, isTiedBefore, type NumberMatch } from "./number.ts";
import { type DigitRun, hasDigits, placeOf } from "./run.ts";
import { HYPHEN } from "./scan.ts";

const LENGTH = 10;
const LAYOUT = [3, 2, 5];
const WEIGHTS = [1, 3, 7, 1, 3, 7, 1, 3, 5];
const WORDS = /(?<=(?:사업자|계산서)[^0-9]{0,12})/y;

/** Finds a business registration number (사업자등록번호): 3-2-5 with its checksum, or explained by words. */
export function matchBusiness(run: DigitRun, i: number): NumberMatch | undefined {
  const confidence = hasDigits(run, i, LENGTH) ? judge(run, i) : undefined;
  return confidence && { kind: "businessNumber", count: LENGTH, confidence };
}

function judge(run: DigitRun, i: number): Confidence | undefined {
  const isParted = isLaidOut(run, i, LAYOUT) && hasOnlyGaps(run, i, LENGTH, [HYPHEN]);
  if (!isParted && !isWhole(run, i, LENGTH)) return undefined;
  const digits = run.digits.slice(i, i + LENGTH);
  if (digits.startsWith("000") || isTiedBefore(run, i) || isTiedAfter(run, i, LENGTH)) return undefined;
  if (isParted && hasChecksum(digits)) return "certain";
  return isBeside(run.text, placeOf(run, i), WORDS) ? "likely" : undefined;
}

function hasChecksum(digits: string): boolean {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
  const carry = Math.floor((Number(digits[8]) * 5) / 10);
  return (10 - ((sum + carry) % 10)) % 10 === Number(digits[9]);
}
