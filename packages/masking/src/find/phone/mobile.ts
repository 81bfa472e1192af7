import { isBehind, isNamedOtherwise, isTied, type NumberMatch } from "../number.ts";
import { HYPHEN } from "../read/character.ts";
import { hasGapsOnlyAt, hasOnlyGaps, isLaidOut, isSpacedOut, isWhole } from "../read/layout.ts";
import { type DigitRun, gapAt, hasDigits, isSpelled, NONE } from "../read/run.ts";
import { NO_SUBSCRIBER, phone } from "./family.ts";
import { PHONE_WORDS } from "./words.ts";

const LENGTH = 11;
const LAYOUT = [3, 4, 4];
const CUT_LENGTH = 10;
const CUT_LAYOUT = [2, 4, 4];

/**
 * Finds a mobile number (휴대전화번호): 010 and eight digits in whatever grouping leaves the prefix recognisable, spelled
 * (공일공) or spaced out (0 1 0 …).
 */
export function matchMobile(run: DigitRun, i: number): NumberMatch | undefined {
  if (!run.digits.startsWith("010", i) || !endsWell(run, i)) return undefined;
  if (NO_SUBSCRIBER.test(run.digits.slice(i, i + LENGTH))) return undefined;
  if (isSpelledAnywhere(run, i)) return phone(LENGTH, "likely");
  if (isLaidOut(run, i, LAYOUT) || isWhole(run, i, LENGTH)) return phone(LENGTH, "certain");
  return isLoose(run, i) ? phone(LENGTH, "likely") : undefined;
}

/** After a spelled number one more syllable may follow that is a particle: …오육칠팔이에요. */
function endsWell(run: DigitRun, i: number): boolean {
  const end = i + LENGTH;
  return hasDigits(run, i, LENGTH) || (end === run.digits.length - 1 && isSpelled(run, end));
}

function isLoose(run: DigitRun, i: number): boolean {
  if (isSpacedOut(run, i, LENGTH)) return true;
  const isSplit = gapAt(run, i + 3) !== NONE && gapAt(run, i + 7) !== NONE;
  return isSplit || hasGapsOnlyAt(run, i, LENGTH, [3, 7]);
}

function isSpelledAnywhere(run: DigitRun, i: number): boolean {
  for (let j = i; j < i + LENGTH; j++) if (isSpelled(run, j)) return true;
  return false;
}

/** Finds a mobile number whose zero a spreadsheet took: 10-1234-5678. */
export function matchCutMobile(run: DigitRun, i: number): NumberMatch | undefined {
  if (!hasDigits(run, i, CUT_LENGTH) || !run.digits.startsWith("10", i)) return undefined;
  return !isTied(run, i, CUT_LENGTH) && isCutExplained(run, i) ? phone(CUT_LENGTH, "likely") : undefined;
}

function isCutExplained(run: DigitRun, i: number): boolean {
  if (isWhole(run, i, CUT_LENGTH)) return isBehind(run, i, PHONE_WORDS);
  const isHyphened = isLaidOut(run, i, CUT_LAYOUT) && hasOnlyGaps(run, i, CUT_LENGTH, [HYPHEN]);
  return isHyphened && !isNamedOtherwise(run, i);
}
