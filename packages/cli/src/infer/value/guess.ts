import { isPiiKind, type PiiKind } from "@garim/policy";
import type { Declared, Guess } from "../draft.ts";
import { nameKind } from "../kind-name.ts";
import type { Finding, Leaf } from "./leaf.ts";
import { LOOKS } from "./look.ts";

/** What values alone say. */
export interface ValueGuess extends Guess {
  readonly declared: Declared;
}

/** From this share of its values on, a place holds what they look like. */
const MOST = 0.8;
/** Fewer values than these are too few to be sure of. */
const ENOUGH = 3;

/** A guess that values hold personal data. */
export interface PersonalGuess extends ValueGuess {
  readonly declared: PiiKind;
}

/**
 * Guesses from what is certain about values: a kind where they are nothing else, a memo where they also say something else.
 *
 * @returns nothing where no personal data was found
 */
export function guessByFindings(leaf: Leaf): PersonalGuess | undefined {
  const [most] = leaf.findings;
  if (most === undefined) return guessFormat(leaf) ?? guessCutPhones(leaf);
  if (most.whole >= MOST * leaf.count)
    return looksLike(most.kind, most.whole, leaf, most.whole === leaf.count && leaf.count >= ENOUGH);
  return { declared: "memo", isSure: false, why: `free text in which ${sayFindings(leaf)}` };
}

const KIND_OF_FORMAT: Readonly<Record<string, PiiKind>> = {
  email: "email",
  "idn-email": "email",
  phone: "phone",
  ipv4: "ip",
  ipv6: "ip",
  password: "memo",
};

function guessFormat({ declaration: { format = "" } }: Leaf): PersonalGuess | undefined {
  const declared = Object.hasOwn(KIND_OF_FORMAT, format) ? KIND_OF_FORMAT[format] : undefined;
  return declared && { declared, isSure: true, why: `the format says ${format}` };
}

/** A mobile phone's number that was stored as a number has lost its zero. */
function guessCutPhones(leaf: Leaf): PersonalGuess | undefined {
  const { cutPhones, count } = leaf;
  return cutPhones > 0 && cutPhones >= MOST * count ? looksLike("phone", cutPhones, leaf, false) : undefined;
}

/** `2 of 40 values hold a phone`: of each kind that was found. */
export function sayFindings({ findings, count }: Leaf): string {
  return findings.map((one) => `${total(one)} of ${count} values hold ${nameKind(one.kind)}`).join(", ");
}

function total({ whole, part }: Finding): number {
  return whole + part;
}

function looksLike(declared: PiiKind, seen: number, { count }: Leaf, isSure: boolean): PersonalGuess {
  return { declared, isSure, why: `${seen} of ${count} values read as ${nameKind(declared)}` };
}

/**
 * Guesses from the form of the values of a member whose name says nothing. What has no form of its own is free text, and free
 * text is withheld: nobody knows what buyers write.
 */
export function guessByForm(leaf: Leaf): ValueGuess {
  return guessDeclared(leaf) ?? guessUniform(leaf) ?? guessByLook(leaf) ?? guessFreeText(leaf);
}

const OPEN_FORMATS: readonly string[] = ["date", "date-time", "time", "uuid"];

/** What an OpenAPI document says. */
function guessDeclared({ declaration: { type, format = "", isEnum } }: Leaf): ValueGuess | undefined {
  if (isEnum === true) return open("one of a fixed list");
  if (OPEN_FORMATS.includes(format)) return open(`the format says ${format}`);
  return type === "number" ? open("a number") : undefined;
}

function guessUniform({ count, numbers, booleans, moments, oldDays }: Leaf): ValueGuess | undefined {
  if (count === 0) return undefined;
  if (numbers + booleans === count) return open(numbers > 0 ? "numbers" : "true or false");
  if (moments !== count) return undefined;
  if (oldDays > 0)
    return { declared: "birth", isSure: false, why: `days, ${oldDays} of ${count} before 2012: births?` };
  return open("moments");
}

/** A personal look counts from most values on, an open one only where all have it. The more protective look first. */
function guessByLook(leaf: Leaf): ValueGuess | undefined {
  const { looks, count } = leaf;
  const look = LOOKS.find((one) => looks[one] > 0 && looks[one] >= (isPiiKind(one) ? MOST : 1) * count);
  if (look === undefined) return undefined;
  if (isPiiKind(look)) return looksLike(look, looks[look], leaf, false);
  if (look === "code") return { declared: "open", isSure: false, why: `all ${count} values look like codes` };
  return open(look === "uuid" ? "random ids" : "yes or no");
}

function open(why: string): ValueGuess {
  return { declared: "open", isSure: true, why };
}

function guessFreeText({ count }: Leaf): ValueGuess {
  const why =
    count === 0 ? "no value to judge by, and the name says nothing" : "text, and the name says nothing";
  return { declared: "memo", isSure: false, why: `${why}: open() if nobody can write personal data into it` };
}
