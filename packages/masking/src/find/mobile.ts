import { hasGapsOnlyAt, isLaidOut, isSpacedOut, isWhole } from "./layout.ts";
import type { NumberMatch } from "./number.ts";
import { NO_SUBSCRIBER, phone } from "./phone-form.ts";
import { type DigitRun, gapAt, hasDigits, isSpelled, NONE } from "./run.ts";

const LENGTH = 11;
const LAYOUT = [3, 4, 4];

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
