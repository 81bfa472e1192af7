import { isBeside, isNamedOtherwise } from "./context.ts";
import { endOfForm } from "./form.ts";
import type { Confidence } from "./found.ts";
import { hasOnlyGaps, isLaidOut, isSpacedOut, isWhole } from "./layout.ts";
import { isTiedAfter, isTiedBefore, type NumberMatch } from "./number.ts";
import { type DigitRun, hasDigits, placeOf } from "./run.ts";
import { DOT, HYPHEN, SPACE } from "./scan.ts";

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
  if (!hasDigits(run, i, form.length)) return undefined;
  if (endOfForm(form.issuers, run.digits, i) === -1) return undefined;
  if (isTiedBefore(run, i) || isTiedAfter(run, i, form.length)) return undefined;
  const isParted = isPartedAs(run, i, form) || isSpacedOut(run, i, form.length);
  if (!isParted && !isWhole(run, i, form.length)) return undefined;
  return weigh(run, i, form.length, isParted);
}

function isPartedAs(run: DigitRun, i: number, form: CardForm): boolean {
  return isLaidOut(run, i, form.layout) && hasOnlyGaps(run, i, form.length, [SPACE, DOT, HYPHEN]);
}

function weigh(run: DigitRun, i: number, count: number, isParted: boolean): Confidence | undefined {
  const start = placeOf(run, i);
  const isNamed = isBeside(run.text, start, WORDS);
  if (!isNamed && isNamedOtherwise(run.text, start)) return undefined;
  if (isLuhn(run.digits.slice(i, i + count))) return isParted || isNamed ? "certain" : "likely";
  const isHyphened = isParted && hasOnlyGaps(run, i, count, [HYPHEN]);
  return isHyphened || (isParted && isNamed) ? "likely" : undefined;
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
