import { isAhead, isBehind, isNamedOtherwise, isTied, type NumberMatch } from "../number.ts";
import { HYPHEN } from "../read/character.ts";
import { hasOnlyGaps, isLaidOut, isWhole } from "../read/layout.ts";
import { type DigitRun, gapAt, hasDigits } from "../read/run.ts";
import { PHONE_GAPS, phone } from "./family.ts";
import { PHONE_WORDS, PHONE_WORDS_AFTER } from "./words.ts";

/** The exchanges that were given out. */
const EXCHANGES = /^1(?:5(?:22|33|44|66|77|88|99)|6(?:00|11|22|33|44|55|61|66|70|88)|8(?:00|11|33|55|77|99))/;
const LENGTH = 8;
const LAYOUT = [4, 4];

const UNITS_AFTER =
  /\s?(?:원|년|개|점|명|매|호|번(?!으로|에)|쪽|세기|포인트|사이즈|픽셀|대(?!표)|(?:g|kg|ml|l|mm|cm|m|w|v|mah|px)(?![A-Za-z]))/iy;

/** Finds a representative number (대표번호). 1588-1600 reads like a range or a size, so words or the form must speak for it. */
export function matchRepresentative(run: DigitRun, i: number): NumberMatch | undefined {
  if (!hasDigits(run, i, LENGTH) || !EXCHANGES.test(run.digits.slice(i, i + LENGTH))) return undefined;
  const isParted = isLaidOut(run, i, LAYOUT) && hasOnlyGaps(run, i, LENGTH, PHONE_GAPS);
  if ((!isParted && !isWhole(run, i, LENGTH)) || isTied(run, i, LENGTH)) return undefined;
  if (isBehind(run, i, PHONE_WORDS)) return phone(LENGTH, "certain");
  if (isMeasure(run, i)) return undefined;
  const isHyphened = isParted && gapAt(run, i + 4) === HYPHEN;
  return isHyphened || isAhead(run, i, LENGTH, PHONE_WORDS_AFTER) ? phone(LENGTH, "likely") : undefined;
}

function isMeasure(run: DigitRun, i: number): boolean {
  const [from, to] = [run.digits.slice(i, i + 4), run.digits.slice(i + 4, i + LENGTH)];
  const isRange = from.endsWith("0") && to.endsWith("0") && to > from;
  return isRange || isNamedOtherwise(run, i) || isAhead(run, i, LENGTH, UNITS_AFTER);
}
