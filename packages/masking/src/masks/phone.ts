import { FULL } from "./text.ts";

/** Digits and what people put between them. */
const WRITTEN = /^\+?[\d ().-]{1,40}$/;
const NON_DIGITS = /\D/g;

/** Numbers of firms without an area prefix (15xx, 16xx, 18xx): the first four are the exchange. */
const REPRESENTATIVE = /^1[568]\d{6}$/;

const WITH_EIGHT = "010 070".split(" ");
const WITH_SEVEN_OR_EIGHT =
  "011 016 017 018 019 02 031 032 033 041 042 043 044 051 052 053 054 055 061 062 063 064 0500 0501 0502 0503 0504 0505 0506 0507 0508 0509".split(
    " ",
  );

/** The key of an empty prefix; digits are added to it one by one. */
export const NO_PREFIX = 1;

/**
 * The fewest digits behind each prefix, by {@link keyOf}; 0 where there is no such prefix. Four of them are the last ones, the
 * others the exchange (국번).
 */
const LEAST_BEHIND = new Uint8Array(20_000);
for (const prefix of WITH_EIGHT) LEAST_BEHIND[keyOf(prefix)] = 8;
for (const prefix of WITH_SEVEN_OR_EIGHT) LEAST_BEHIND[keyOf(prefix)] = 7;

/**
 * Masks a phone number (전화번호): its national form with hyphens, the exchange as stars (`010-****-5678`).
 *
 * @param phone - in normal form, not empty
 * @returns `***` for anything that is no Korean number
 */
export function maskPhone(phone: string): string {
  const digits = toNational(phone);
  if (REPRESENTATIVE.test(digits)) return `****-${digits.slice(4)}`;
  const length = [2, 3, 4].find((it) => isNational(keyOf(digits.slice(0, it)), digits.length - it));
  if (length === undefined) return FULL;
  return `${digits.slice(0, length)}-${"*".repeat(digits.length - length - 4)}-${digits.slice(-4)}`;
}

/** Digits in national form; empty where the text is no number. `821012345678` without a plus may be any country's. */
function toNational(phone: string): string {
  if (!WRITTEN.test(phone)) return "";
  const digits = phone.replace(NON_DIGITS, "");
  if (!phone.startsWith("+")) return digits;
  return digits.startsWith("82") ? `0${digits.slice(2).replace(/^0/, "")}` : "";
}

/** Tells whether numbers with the prefix of this key have so many digits behind it. */
export function isNational(key: number, behind: number): boolean {
  const least = LEAST_BEHIND[key] ?? 0;
  return least !== 0 && behind >= least && behind <= 8;
}

/** Adds the code unit of a digit to a prefix's key: the prefix as a number, with a 1 in front so that its zeros count. */
export function addToKey(key: number, code: number): number {
  return 10 * key + code - 0x30;
}

function keyOf(prefix: string): number {
  return Number(`${NO_PREFIX}${prefix}`);
}
