import { hash, randomBytes } from "node:crypto";
import { isEqualText } from "./equal-text.ts";

/** New recovery codes. Shown once; only `stored` is kept, at the same indexes. */
export interface RecoveryCodeSet {
  /** `7Q2M-…`: six groups of four letters. */
  readonly codes: readonly string[];
  /** Salted hashes, for {@link matchRecoveryCode}. */
  readonly stored: readonly string[];
}

/** Crockford's base32: without I, L, O and U, which hand-written codes are misread for. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODES = 10;
/** 120 bits: from 112 on a plain hash is enough, as guessing is hopeless at any speed (ASVS V6.5.2). */
const LETTERS = 24;
const GROUP = /.{4}(?=.)/g;
const SALT_BYTES = 16;
/** Stand for what is no code, and for codes that are not there: as long as one, and the hash of none. */
const NO_LETTERS = "-".repeat(LETTERS);
const NOBODYS = `${"-".repeat(22)}.${"-".repeat(43)}`;
/** What is typed may hold hyphens, spaces and more; beyond this it is nothing a person copied. */
const LONGEST_INPUT = 128;

/** Makes ten recovery codes of 120 random bits each. */
export function makeRecoveryCodes(): RecoveryCodeSet {
  const all = Array.from({ length: CODES }, makeLetters);
  return {
    codes: all.map((letters) => letters.replace(GROUP, "$&-")),
    stored: all.map((letters) => hashLetters(letters, randomBytes(SALT_BYTES).toString("base64url"))),
  };
}

/**
 * Finds the stored code that was typed. Total: what is no code matches none.
 *
 * Letters may be of either case and any width, in groups or not; O is read as 0, I and L as 1. It takes ten fast hashes,
 * whatever is typed and however many codes are left, and never a slow one, so trying codes does not exhaust the processor.
 *
 * @param stored - of {@link makeRecoveryCodes}, without those used up
 * @returns its index; -1 where none matches
 */
export function matchRecoveryCode(stored: readonly string[], code: unknown): number {
  const letters = readLetters(code) ?? NO_LETTERS;
  const left = Math.max(0, CODES - stored.length);
  // All are compared, whichever matches: the time does not tell its place.
  return [...stored, ...Array<string>(left).fill(NOBODYS)]
    .map((entry) => isHashOf(entry, letters))
    .lastIndexOf(true);
}

function makeLetters(): string {
  // 256 is a multiple of 32, so each letter is equally likely.
  return Array.from(randomBytes(LETTERS), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join("");
}

function readLetters(code: unknown): string | undefined {
  if (typeof code !== "string" || code.length > LONGEST_INPUT) return undefined;
  const letters = code
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
  return letters.length === LETTERS ? letters : undefined;
}

function hashLetters(letters: string, salt: string): string {
  return `${salt}.${hash("sha256", JSON.stringify(["garim/recovery-code/v1", salt, letters]), "base64url")}`;
}

function isHashOf(entry: string, letters: string): boolean {
  const [salt = ""] = entry.split(".");
  return isEqualText(entry, hashLetters(letters, salt));
}
