import type { Confidence } from "./found.ts";
import { isBehind, isNamedOtherwise, isTied, type NumberMatch } from "./number.ts";
import { DOT, HYPHEN, SPACE } from "./read/character.ts";
import { endOfForm } from "./read/form.ts";
import { hasOnlyGaps, isLaidOut, isSpacedOut, isWhole } from "./read/layout.ts";
import { type DigitRun, hasDigits } from "./read/run.ts";

/** A length of card numbers, the issuers' prefixes at that length, and how it is grouped. */
interface CardForm {
  readonly length: number;
  /** No issuer starts with 20, so that what starts with a date of this century is no card. */
  readonly issuers: RegExp;
  readonly layout: readonly number[];
}

const FORMS: readonly CardForm[] = [
  { length: 16, issuers: /[4569]|35|2[2-7]/y, layout: [4, 4, 4, 4] },
  { length: 15, issuers: /3[47]/y, layout: [4, 6, 5] },
  { length: 14, issuers: /3(?:0[0-5]|[689])/y, layout: [4, 6, 4] },
];

const USUAL_GAPS = [SPACE, DOT, HYPHEN];
/** 4000/4500/5000/5500 are prices or sizes, whatever their sum. */
const ROUND = /^\d\d00\d\d00/;

const WORDS = /(?<=(?:카드|card|visa|master|비자|마스터|아멕스|amex)[^0-9]{0,12})/iy;

/** Finds a card number (카드번호): Luhn, or the grouping with words that speak for it. */
export function matchCard(run: DigitRun, i: number): NumberMatch | undefined {
  for (const form of FORMS) {
    const confidence = judge(run, i, form);
    if (confidence) return { kind: "card", count: form.length, confidence };
  }
  return undefined;
}

function judge(run: DigitRun, i: number, form: CardForm): Confidence | undefined {
  if (!hasDigits(run, i, form.length) || endOfForm(form.issuers, run.digits, i) === -1) return undefined;
  if (isTied(run, i, form.length)) return undefined;
  const isNamed = isBehind(run, i, WORDS);
  if (!isNamed && isNamedOtherwise(run, i)) return undefined;
  if (isWhole(run, i, form.length)) return weighWhole(run, i, form.length, isNamed);
  const isParted = isLaidOut(run, i, form.layout) || isSpacedOut(run, i, form.length);
  return isParted ? weighParted(run, i, form.length, isNamed) : undefined;
}

function weighWhole(run: DigitRun, i: number, count: number, isNamed: boolean): Confidence | undefined {
  if (!isLuhn(run.digits.slice(i, i + count))) return undefined;
  return isNamed ? "certain" : "likely";
}

function weighParted(run: DigitRun, i: number, count: number, isNamed: boolean): Confidence | undefined {
  const digits = run.digits.slice(i, i + count);
  const isUsual = hasOnlyGaps(run, i, count, USUAL_GAPS);
  if (isLuhn(digits) && (isUsual || isNamed || !ROUND.test(digits))) return isUsual ? "certain" : "likely";
  return isUsual && (isNamed || hasOnlyGaps(run, i, count, [HYPHEN])) ? "likely" : undefined;
}

function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const value = i % 2 === 0 ? digit : digit * 2;
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
