import { FULL } from "./text.ts";

const DATE = /^\d{4}([-./])\d{2}\1\d{2}$|^\d{6}(?:\d{2})?$/;
const DIGIT = /\d/g;
const RRN = /^\d{6}-?\d{7}$/;
const CARD = /^\d(?:[ -]?\d){12,18}$/;
const NON_DIGITS = /\D/g;
const GROUPS_OF_FOUR = /.{4}(?!$)/g;

/** Masks a date of birth (생년월일): its shape stays where it is a common one. */
export function maskBirth(birth: string): string {
  return DATE.test(birth) ? birth.replace(DIGIT, "*") : FULL;
}

/** Masks a resident registration number (주민등록번호): nothing stays but its shape. */
export function maskRrn(rrn: string): string {
  return RRN.test(rrn) ? "******-*******" : FULL;
}

/** Masks a card number of 13 to 19 digits: the first six and the last four stay; sixteen are grouped by four. */
export function maskCard(card: string): string {
  if (!CARD.test(card)) return FULL;
  const digits = card.replace(NON_DIGITS, "");
  const masked = digits.slice(0, 6) + "*".repeat(digits.length - 10) + digits.slice(-4);
  return digits.length === 16 ? masked.replace(GROUPS_OF_FOUR, "$&-") : masked;
}
