import type { NumberMatch } from "./number.ts";
import { familyOf, MOBILE, phone } from "./phone-form.ts";
import { type DigitRun, gapAt, hasDigits, NONE, placeOf } from "./run.ts";

const COUNTRY_CODE = /^(?:00)?82/;
const LONGEST = 12;

/** Finds a number with the country code: +82 10-…, +82(0)10-…, 0082-10-…, 82-10-… */
export function matchAbroad(run: DigitRun, i: number): NumberMatch | undefined {
  const code = COUNTRY_CODE.exec(run.digits.slice(i, i + 4))?.[0].length ?? 0;
  if (code === 0) return undefined;
  const isMarked = code === 4 || run.text[placeOf(run, i) - 1] === "+";
  if (!isMarked && gapAt(run, i + code) === NONE) return undefined;
  const body = run.digits[i + code] === "0" ? i + code + 1 : i + code;
  const length = nationalLength(run, body, isMarked);
  return length === undefined ? undefined : phone(body + length - i, isMarked ? "certain" : "likely");
}

/** How many digits the national number has from digit `body`, its leading zero not counted. */
function nationalLength(run: DigitRun, body: number, isMarked: boolean): number | undefined {
  const national = `0${run.digits.slice(body, body + LONGEST)}`;
  const isMobile = MOBILE.prefix.test(national);
  // Without a plus, only what is a mobile number is told from a quantity.
  const family = isMobile ? MOBILE : isMarked ? familyOf(national) : undefined;
  return family?.lengths.map((length) => length - 1).find((length) => hasDigits(run, body, length));
}
