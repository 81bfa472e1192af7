import type { Confidence } from "../found.ts";
import type { NumberMatch } from "../number.ts";
import { CLOSE, DOT, HYPHEN, OPEN, SPACE } from "../read/character.ts";

/** A family of national numbers. */
export interface Family {
  readonly prefix: RegExp;
  readonly prefixLength: number;
  /** How many digits it has in all, longest first. */
  readonly lengths: readonly number[];
}

export const MOBILE: Family = { prefix: /^010/, prefixLength: 3, lengths: [11] };

/** The area codes outside of Seoul, as an expression. */
export const AREA_CODE = "0(?:3[1-3]|4[1-4]|5[1-5]|6[1-4])";

const FAMILIES: readonly Family[] = [
  { prefix: /^01[16789]/, prefixLength: 3, lengths: [11, 10] },
  // Safe numbers (안심번호).
  { prefix: /^050[2-8]/, prefixLength: 4, lengths: [12, 11] },
  { prefix: /^0[78]0[1-9]/, prefixLength: 3, lengths: [11, 10] },
  { prefix: /^02/, prefixLength: 2, lengths: [10, 9] },
  { prefix: new RegExp(`^${AREA_CODE}`), prefixLength: 3, lengths: [11, 10] },
];

/** What may stand between the groups of a phone number. */
export const PHONE_GAPS: readonly number[] = [SPACE, DOT, HYPHEN, OPEN, CLOSE];

/** A form's example (010-0000-0000) is nobody's number. */
export const NO_SUBSCRIBER: RegExp = /0{7}$/;

/** The family, other than mobile, that digits start like. */
export function familyOf(digits: string): Family | undefined {
  return FAMILIES.find(({ prefix }) => prefix.test(digits));
}

export function phone(count: number, confidence: Confidence): NumberMatch {
  return { kind: "phone", count, confidence };
}
