import { matchAccount } from "./account.ts";
import { findAddress, isBuilding } from "./address.ts";
import { matchBusiness } from "./business.ts";
import { matchCard } from "./card.ts";
import { findDocument, matchPassport } from "./document.ts";
import { isLocalPart } from "./email.ts";
import { type Found, found } from "./found.ts";
import { ADDRESS_HINT, hintBefore, LETTER_HINT } from "./hint.ts";
import type { NumberMatch } from "./number.ts";
import { matchPhone } from "./phone/phone.ts";
import { findPublicNumber, isPublicLike } from "./phone/public-number.ts";
import { type DigitRun, endOf, placeOf } from "./read/run.ts";
import { matchRrn } from "./rrn.ts";

/** Asks each kind in turn what starts at digit `i`; the first that knows it takes it. */
export function matchNumber(run: DigitRun, i: number): NumberMatch | undefined {
  const match =
    matchPhone(run, i) ??
    matchRrn(run, i) ??
    matchCard(run, i) ??
    matchAccount(run, i) ??
    matchBusiness(run, i) ??
    matchPassport(run, i);
  return match && isLocalPart(run.text, endOf(run, i, match.count)) ? undefined : match;
}

/** The place of a match, with the plus or the bracket that opens it: +82, (02) 123-4567. */
export function placeMatch(run: DigitRun, i: number, match: NumberMatch): Found {
  const start = placeOf(run, i);
  const end = endOf(run, i, match.count);
  const sign = run.text[start - 1];
  const isOpened = sign === "+" || (sign === "(" && run.text.slice(start, end).includes(")"));
  return found(match.kind, isOpened ? start - 1 : start, end, match.confidence);
}

/**
 * Finds what a number is that says nothing by itself.
 *
 * @param start - index of its first digit
 * @param floor - index before which nothing may be taken, inclusive
 */
export function findBeside(text: string, start: number, floor: number): Found | undefined {
  return isBuilding(text, start) ? findAddress(text, start, floor) : findHinted(text, start, floor);
}

/** {@link findBeside}, for a number that is no building's. */
export function findHinted(text: string, start: number, floor: number): Found | undefined {
  const hint = hintBefore(text, start);
  if (hint === ADDRESS_HINT) return findAddress(text, start, floor);
  if (hint === LETTER_HINT) return findDocument(text, start) ?? findAddress(text, start, floor);
  return isPublicLike(text, start) ? findPublicNumber(text, start) : undefined;
}
