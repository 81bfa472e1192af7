import { GarimError, type Words } from "@garim/policy";
import { WORKBOOK_LIMITS } from "../limits.ts";
import type { WorkbookFormat } from "../options.ts";
import { COMMON_WORDS } from "./common.ts";
import { PASSWORD_WORDS, type PasswordFault } from "./words.ts";

/** What is wrong with a password, for a program and for a person. */
export interface PasswordProblem {
  readonly code: PasswordFault;
  readonly words: Words;
}

/** How good a password is. */
export interface PasswordCheck {
  /** Whether a file may be sealed with it. */
  readonly isEnough: boolean;
  /** 0 to 4, for a meter: 0 and 1 are not enough. */
  readonly strength: 0 | 1 | 2 | 3 | 4;
  readonly problems: readonly PasswordProblem[];
}

/**
 * Characters at the least, by how many of the four classes a password has: small letters, capitals, figures, and all others (signs,
 * Hangul). Ours: a file can be guessed at without end, so more than a log-in asks for.
 */
const LEAST_LENGTHS = { 1: 20, 2: 14, 3: 10, 4: 10 } as const;

/** Characters that follow each other, on a keyboard or in the alphabet, of which four in a row are a pattern. */
const ROWS = ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
const PATTERN_LENGTH = 4;

/** Letters that figures and signs stand for. */
const DISGUISES: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "l",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

/**
 * Says whether a file may be sealed with a password: length by classes, no row or repetition that makes up half of it, nothing common,
 * nothing of `known`. It is a pure function, which pages may call as somebody types.
 *
 * @param known - what others know of who asks: staff id, e-mail, seller's name, phone; each of three characters or more counts
 * @param format - of the file: a ZIP's password is ASCII, for programs disagree on how others are written into it
 */
export function checkPassword(
  password: string,
  known: readonly string[] = [],
  format: WorkbookFormat = "xlsx",
): PasswordCheck {
  const text = password.normalize("NFC");
  const faults = findFaults(text, known, format);
  const problems = faults.map((code) => ({ code, words: PASSWORD_WORDS[code] }));
  return { isEnough: faults.length === 0, strength: strengthOf(text, faults), problems };
}

/** @throws GarimError `ERR_GARIM_PASSWORD_WEAK`, which says why and never what */
export function requirePassword(password: string, format: WorkbookFormat): void {
  const { isEnough, problems } = checkPassword(password, [], format);
  if (isEnough) return;
  const why = problems.map(({ words }) => words.en).join(" ");
  throw new GarimError(
    "ERR_GARIM_PASSWORD_WEAK",
    `A file cannot be sealed with this password. ${why} Ask checkPassword() before, and show its words.`,
  );
}

function findFaults(
  text: string,
  known: readonly string[],
  format: WorkbookFormat,
): readonly PasswordFault[] {
  const length = lengthOf(text);
  const checks: readonly (readonly [PasswordFault, boolean])[] = [
    ["control-characters", /[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text)],
    ["too-long", text.length > WORKBOOK_LIMITS.passwordCharacters],
    ["too-short", length < LEAST_LENGTHS[classesOf(text)]],
    ["repeated", new Set(text).size < 5 || isPeriodic(text)],
    ["pattern", patternLength(text.toLowerCase()) * 2 > length],
    ["common", isCommon(text)],
    ["known", holdsKnown(text, known)],
    ["not-ascii", format === "csv-zip" && /\P{ASCII}/u.test(text)],
  ];
  return checks.filter(([, isFault]) => isFault).map(([fault]) => fault);
}

function lengthOf(text: string): number {
  return [...text].length;
}

function classesOf(text: string): 1 | 2 | 3 | 4 {
  const count = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((one) => one.test(text)).length;
  return count === 2 || count === 3 || count === 4 ? count : 1;
}

/** One part over and over: `abc1!abc1!abc1!`. */
function isPeriodic(text: string): boolean {
  return text !== "" && (text + text).indexOf(text, 1) < text.length;
}

/** How many characters belong to rows of four or more, forwards or backwards, or to one character again and again. */
function patternLength(text: string): number {
  let total = 0;
  for (let at = 0; at < text.length; ) {
    const run = runFrom(text, at);
    total += run >= PATTERN_LENGTH ? run : 0;
    at += Math.max(1, run - 1);
  }
  return total;
}

function runFrom(text: string, at: number): number {
  const isNext = (from: string, to: string, step: number) =>
    step === 0 ? from === to : ROWS.some((row) => row.includes(step > 0 ? from + to : to + from));
  const runs = [-1, 0, 1].map((step) => {
    let end = at + 1;
    while (end < text.length && isNext(text[end - 1] ?? "", text[end] ?? "", step)) end += 1;
    return end - at;
  });
  return Math.max(...runs);
}

/** Nothing but a common word with figures and signs around it, or in place of its letters. */
function isCommon(text: string): boolean {
  const small = text.toLowerCase();
  const bare = small.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  const letters = small.replace(/[^\p{L}]/gu, "");
  return [bare, letters, undisguise(small), undisguise(bare)].some((one) => COMMON_WORDS.has(one));
}

function undisguise(text: string): string {
  return [...text].map((one) => DISGUISES[one] ?? one).join("");
}

function holdsKnown(text: string, known: readonly string[]): boolean {
  const small = text.toLowerCase();
  return known
    .flatMap((one) => [one, ...one.split(/[@.\s]+/)])
    .map((one) => one.normalize("NFC").toLowerCase())
    .some((one) => one.length >= 3 && small.includes(one));
}

function strengthOf(text: string, faults: readonly PasswordFault[]): 0 | 1 | 2 | 3 | 4 {
  if (faults.length > 0) return faults.length > 1 ? 0 : 1;
  const spare = lengthOf(text) - LEAST_LENGTHS[classesOf(text)];
  if (spare >= 6) return 4;
  return spare >= 2 ? 3 : 2;
}
