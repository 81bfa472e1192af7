import { type Found, found } from "./found.ts";
import { isBehind, type NumberMatch } from "./number.ts";
import { OTHER_NAMES } from "./other-names.ts";
import { isLetterAt, isWordAt, unitAt } from "./read/character.ts";
import { endOfForm, isBeside } from "./read/form.ts";
import { isWhole } from "./read/layout.ts";
import { type DigitRun, hasDigits } from "./read/run.ts";

const HYPHEN = 0x2d;

const CUSTOMS = /P\d{12}(?![A-Za-z0-9])/iy;
const CUSTOMS_PARTED = /P(?:[ -]?\d{4}){3}(?![A-Za-z0-9])/iy;
const CUSTOMS_WORDS = /(?<=(?:통관|고유부호|부호)[^0-9]{0,12})/y;
const CUSTOMS_WORDS_AFTER = /[^0-9\n]{0,4}(?:통관|고유부호)/y;

/** Old form: M and eight digits; since 2021 M, three digits, a letter, four digits. */
const PASSPORT = /M\d{3}(?:\d|[A-Z])\d{4}(?![A-Za-z0-9-])/y;
/** Other kinds and other countries' passports, believed only where words say so. */
const PASSPORT_NAMED = /(?:[A-Z]{1,2}\d{7,9}|[A-Z]\d{3}[A-Z]\d{4})(?![A-Za-z0-9-])/iy;
const PASSPORT_WORDS = /(?<=(?:여권|passport)[^0-9]{0,14})/iy;

/**
 * Finds a customs code (개인통관고유부호) or a passport number (여권번호) by the letters it starts with.
 *
 * @param start - index of the first digit; a letter stands in front of it, a hyphen between or not
 */
export function findDocument(text: string, start: number): Found | undefined {
  const from = startOfLetters(text, start);
  if (isWordAt(text, from - 1) || unitAt(text, from - 1) === HYPHEN) return undefined;
  return findCustoms(text, from) ?? findPassport(text, from);
}

/** Where the one or two letters start that stand in front of a digit. */
function startOfLetters(text: string, start: number): number {
  const end = isLetterAt(text, start - 1) ? start : start - 1;
  return isLetterAt(text, end - 2) ? end - 2 : end - 1;
}

function findCustoms(text: string, from: number): Found | undefined {
  const end = endOfForm(CUSTOMS, text, from);
  if (end !== -1) return found("customsCode", from, end, "certain");
  const parted = endOfForm(CUSTOMS_PARTED, text, from);
  if (parted === -1) return undefined;
  const isNamed = isBeside(text, from, CUSTOMS_WORDS) || isBeside(text, parted, CUSTOMS_WORDS_AFTER);
  return isNamed ? found("customsCode", from, parted, "likely") : undefined;
}

function findPassport(text: string, from: number): Found | undefined {
  const end = endOfForm(PASSPORT, text, from);
  if (end !== -1 && !isBeside(text, from, OTHER_NAMES))
    return found("passport", from, end, isBeside(text, from, PASSPORT_WORDS) ? "certain" : "likely");
  const named = endOfForm(PASSPORT_NAMED, text, from);
  const isNamed = named !== -1 && isBeside(text, from, PASSPORT_WORDS);
  return isNamed ? found("passport", from, named, "likely") : undefined;
}

/** Finds a passport number of digits alone, as the United States give it, where words say so. */
export function matchPassport(run: DigitRun, i: number): NumberMatch | undefined {
  if (!hasDigits(run, i, 9) || !isWhole(run, i, 9)) return undefined;
  return isBehind(run, i, PASSPORT_WORDS) ? { kind: "passport", count: 9, confidence: "likely" } : undefined;
}
