import { find } from "@garim/masking";
import { PII_KINDS, type PiiKind, readMoment } from "@garim/policy";
import type { Scalar, Seen } from "../seen.ts";
import type { Declaration } from "./declaration.ts";
import { FITS, type Form, isMomentText, isOldDay } from "./form.ts";
import { isLook, LOOKS, type Look } from "./look.ts";

/** How many texts hold personal data of a kind: those that are nothing else, and those that say something besides. */
export interface Finding {
  readonly kind: PiiKind;
  readonly whole: number;
  readonly part: number;
}

/** What the values of one place have in common. Counts only: no value is kept. */
export interface Leaf {
  /** Values that are neither null nor empty. */
  readonly count: number;
  readonly texts: number;
  readonly numbers: number;
  readonly booleans: number;
  readonly findings: readonly Finding[];
  /** How many texts have each form. */
  readonly forms: Readonly<Record<Form, number>>;
  /** How many texts look like something, where nothing is certain. */
  readonly looks: Readonly<Record<Look, number>>;
  /** Texts that are days or moments, and those of them before 2012 without a time. */
  readonly moments: number;
  readonly oldDays: number;
  /** Values no rule can read as a moment: without a zone, or in another form. */
  readonly unreadableMoments: number;
  /** Numbers that are a mobile phone's without its leading zero. */
  readonly cutPhones: number;
  readonly declaration: Declaration;
}

/** Reads what the values of one place have in common. */
export function readLeaf({ values, declaration = {} }: Pick<Seen, "values" | "declaration">): Leaf {
  const given = values.filter((value) => value !== null && value !== "");
  const texts = given
    .filter((value) => typeof value === "string")
    .map((text) => text.normalize("NFC").trim());
  const numbers = given.filter((value) => typeof value === "number");
  return {
    count: given.length,
    texts: texts.length,
    numbers: numbers.length,
    booleans: given.length - texts.length - numbers.length,
    findings: countFindings(texts),
    forms: countEach(Object.keys(FITS) as Form[], texts, (form, text) => FITS[form](text)),
    looks: countEach(LOOKS, texts, isLook),
    moments: count(texts, isMomentText),
    oldDays: count(texts, isOldDay),
    unreadableMoments: count(given, isUnreadable),
    cutPhones: count(numbers, (number) => /^10\d{8}$/.test(String(number))),
    declaration,
  };
}

function isUnreadable(value: Scalar): boolean {
  return Number.isNaN(readMoment(value));
}

function count<T>(values: readonly T[], has: (value: T) => boolean): number {
  return values.reduce((sum, value) => sum + (has(value) ? 1 : 0), 0);
}

function countEach<K extends string>(
  keys: readonly K[],
  texts: readonly string[],
  has: (key: K, text: string) => boolean,
): Readonly<Record<K, number>> {
  const entries = keys.map((key) => [key, count(texts, (text) => has(key, text))] as const);
  return Object.fromEntries(entries) as Record<K, number>;
}

/** Most found first. A firm's number names no person, and is no kind. */
function countFindings(texts: readonly string[]): readonly Finding[] {
  const kindsOfTexts = texts.map(findIn);
  return PII_KINDS.map((kind) => ({
    kind,
    whole: count(kindsOfTexts, (found) => found.get(kind) === "whole"),
    part: count(kindsOfTexts, (found) => found.get(kind) === "part"),
  }))
    .filter(({ whole, part }) => whole + part > 0)
    .sort((one, other) => other.whole - one.whole || other.part - one.part);
}

/** What one text holds of each kind. An address's name and floor behind it belong to it. */
function findIn(text: string): ReadonlyMap<string, "whole" | "part"> {
  return new Map(
    find(text).map(({ kind, start, end }) => {
      const isWhole = start === 0 && (end === text.length || kind === "address");
      return [kind, isWhole ? "whole" : "part"] as const;
    }),
  );
}
