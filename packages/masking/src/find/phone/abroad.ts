import { isNamedOtherwise, isTied, type NumberMatch } from "../number.ts";
import { hasGapsOnlyAt, hasOnlyGaps, isWhole } from "../read/layout.ts";
import { type DigitRun, gapAt, hasDigits, NONE, placeOf } from "../read/run.ts";
import { familyOf, MOBILE, PHONE_GAPS, phone } from "./family.ts";
import { isCalled } from "./words.ts";

const COUNTRY_CODE = /^(?:00)?82/;
const LONGEST = 12;
/** 8210-1234-5678 */
const GLUED_GAPS = [4, 8];

/** Finds a number with the country code: +82 10-…, +82(0)10-…, 0082-10-…, 82-10-…, 8210-… */
export function matchAbroad(run: DigitRun, i: number): NumberMatch | undefined {
  const code = COUNTRY_CODE.exec(run.digits.slice(i, i + 4))?.[0].length ?? 0;
  if (code === 0) return undefined;
  const isMarked = code === 4 || run.text[placeOf(run, i) - 1] === "+";
  const body = run.digits[i + code] === "0" ? i + code + 1 : i + code;
  const length = nationalLength(run, body, isMarked);
  if (length === undefined) return undefined;
  const count = body + length - i;
  if (isMarked) return phone(count, "certain");
  return gapAt(run, i + code) !== NONE || isGluedBelieved(run, i, count) ? phone(count, "likely") : undefined;
}

/** How many digits the national number has from digit `body`, its leading zero not counted. */
function nationalLength(run: DigitRun, body: number, isMarked: boolean): number | undefined {
  const national = `0${run.digits.slice(body, body + LONGEST)}`;
  const isMobile = MOBILE.prefix.test(national);
  // Without a plus, only what is a mobile number is told from a quantity.
  const family = isMobile ? MOBILE : isMarked ? familyOf(national) : undefined;
  return family?.lengths.map((length) => length - 1).find((length) => hasDigits(run, body, length));
}

/** Whether 82 that touches the number is a country code: 8210-1234-5678, or words speak for 821012345678. */
function isGluedBelieved(run: DigitRun, i: number, count: number): boolean {
  if (isTied(run, i, count) || isNamedOtherwise(run, i)) return false;
  if (!isWhole(run, i, count))
    return hasGapsOnlyAt(run, i, count, GLUED_GAPS) && hasOnlyGaps(run, i, count, PHONE_GAPS);
  return isCalled(run, i, count);
}
