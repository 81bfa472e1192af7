import type { Confidence } from "./found.ts";
import { isBehind, isTied, type NumberMatch } from "./number.ts";
import { HYPHEN } from "./read/character.ts";
import { hasOnlyGaps, isLaidOut, isWhole } from "./read/layout.ts";
import { type DigitRun, hasDigits } from "./read/run.ts";

const LENGTH = 10;
const LAYOUT = [3, 2, 5];
const WEIGHTS = [1, 3, 7, 1, 3, 7, 1, 3, 5];
const WORDS = /(?<=(?:사업자|계산서)[^0-9]{0,12})/y;
/** A company's name beside the hyphened form. */
const COMPANY_WORDS = /(?<=(?:\(주\)|㈜|주식회사|상호)[^0-9]{0,12})/y;

/** Finds a business registration number (사업자등록번호): 3-2-5 with its checksum, or explained by words. */
export function matchBusiness(run: DigitRun, i: number): NumberMatch | undefined {
  const confidence = hasDigits(run, i, LENGTH) ? judge(run, i) : undefined;
  return confidence && { kind: "businessNumber", count: LENGTH, confidence };
}

function judge(run: DigitRun, i: number): Confidence | undefined {
  const isParted = isLaidOut(run, i, LAYOUT) && hasOnlyGaps(run, i, LENGTH, [HYPHEN]);
  if (!isParted && !isWhole(run, i, LENGTH)) return undefined;
  const digits = run.digits.slice(i, i + LENGTH);
  if (digits.startsWith("000") || isTied(run, i, LENGTH)) return undefined;
  if (isParted && hasChecksum(digits)) return "certain";
  return isBehind(run, i, WORDS) || (isParted && isBehind(run, i, COMPANY_WORDS)) ? "likely" : undefined;
}

function hasChecksum(digits: string): boolean {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
  const carry = Math.floor((Number(digits[8]) * 5) / 10);
  return (10 - ((sum + carry) % 10)) % 10 === Number(digits[9]);
}
