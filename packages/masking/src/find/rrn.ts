import type { Confidence } from "./found.ts";
import { isBehind, isNamedOtherwise, isTiedAfter, type NumberMatch } from "./number.ts";
import { HYPHEN } from "./read/character.ts";
import { isLaidOut, isSpacedOut, isWhole } from "./read/layout.ts";
import { type DigitRun, gapAt, hasDigits } from "./read/run.ts";

const LENGTH = 13;
const LAYOUT = [6, 7];
const WORDS = /(?<=(?:주민|외국인|등록번호|등록증|본인\s?확인|인증|실명|RRN)[^0-9]{0,12})/iy;
const COMPANY_WORDS = /(?<=(?:법인)[^0-9]{0,12})/y;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Births of the 2000s are believed up to this year of the century; no clock is read here. */
const LAST_YEAR_OF_CENTURY = 49;

/**
 * Finds a registration number of a resident or a foreigner (주민등록번호, 외국인등록번호).
 *
 * A right checksum makes it certain; numbers given out since October 2020 have none, so a wrong one excludes nothing where the
 * form or the words speak for it.
 */
export function matchRrn(run: DigitRun, i: number): NumberMatch | undefined {
  if (!hasDigits(run, i, LENGTH)) return undefined;
  const digits = run.digits.slice(i, i + LENGTH);
  if (!isBirthPlausible(digits) || isTiedAfter(run, i, LENGTH)) return undefined;
  const confidence = judge(run, i, digits);
  return confidence && { kind: "rrn", count: LENGTH, confidence };
}

function judge(run: DigitRun, i: number, digits: string): Confidence | undefined {
  const isParted = isLaidOut(run, i, LAYOUT) || isSpacedOut(run, i, LENGTH);
  if (!isParted && !isWhole(run, i, LENGTH)) return undefined;
  if (isBehind(run, i, COMPANY_WORDS)) return undefined;
  const isSummed = hasChecksum(digits);
  if (isBehind(run, i, WORDS)) return isSummed ? "certain" : "likely";
  if (!isCenturyPlausible(digits) || isNamedOtherwise(run, i)) return undefined;
  if (isParted && gapAt(run, i + 6) === HYPHEN) return isSummed ? "certain" : "likely";
  return isSummed && !isBarcode(digits) ? "likely" : undefined;
}

function isBirthPlausible(digits: string): boolean {
  const month = Number(digits.slice(2, 4));
  const day = Number(digits.slice(4, 6));
  return "12345678".includes(digits[6] ?? "-") && day >= 1 && day <= (DAYS[month - 1] ?? 0);
}

/** The seventh digit tells century and sex: 1 2 5 6 for the 1900s, 3 4 7 8 for the 2000s. */
function isCenturyPlausible(digits: string): boolean {
  return "1256".includes(digits[6] ?? "-") || Number(digits.slice(0, 2)) <= LAST_YEAR_OF_CENTURY;
}

function hasChecksum(digits: string): boolean {
  const sum = weigh(digits, (i) => 2 + (i % 8));
  const last = (11 - (sum % 11)) % 10;
  // Foreigners' numbers add two to the same sum.
  const isForeigner = "5678".includes(digits[6] ?? "");
  return Number(digits[12]) === (isForeigner ? (last + 2) % 10 : last);
}

/** An EAN-13 of Korea: 880… may read as a birth in 1988. */
function isBarcode(digits: string): boolean {
  const sum = weigh(digits, (i) => (i % 2 === 0 ? 1 : 3));
  return digits.startsWith("880") && (10 - (sum % 10)) % 10 === Number(digits[12]);
}

function weigh(digits: string, weight: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < LENGTH - 1; i++) sum += Number(digits[i]) * weight(i);
  return sum;
}
