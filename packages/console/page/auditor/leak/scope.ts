import type { LeakFacts } from "@garim/duties";
import type { NoticeContent } from "@garim/policy";
import { endOfDay, minuteOf, readMinute, startOfDay } from "../../kit/day.ts";
import type { Leak as FiledLeak } from "../../leaks/leak.ts";

export const KINDS = ["staff", "tool", "operator", "key", "session", "ip", "seller"] as const;
export const ANSWERS = [
  "possible",
  "uniqueIds",
  "sensitive",
  "outside",
  "intrusion",
  "contactsMissing",
] as const;

/** A leak as its form holds it; empty texts are not said. */
export interface Leak extends Readonly<Record<(typeof ANSWERS)[number], string>> {
  readonly of: (typeof KINDS)[number];
  readonly value: string;
  readonly from: string;
  readonly to: string;
  /** A minute in Korea. */
  readonly knownAt: string;
  readonly company: string;
}

export const NO_LEAK: Leak = {
  of: "staff",
  value: "",
  from: "",
  to: "",
  knownAt: "",
  company: "",
  possible: "",
  uniqueIds: "",
  sensitive: "",
  outside: "",
  intrusion: "",
  contactsMissing: "",
};

export type Contents = Readonly<Partial<Record<NoticeContent, string>>>;

interface Range {
  readonly least: number;
  readonly most: number;
}

interface Place {
  readonly seq: number;
  readonly at: number;
}

export interface Tally {
  readonly names: readonly { readonly name: string; readonly answers: number }[];
  readonly others: number;
}

export const TALLIES = ["actors", "sellers", "keys", "sessions", "ips"] as const;

export interface Scope extends Readonly<Record<(typeof TALLIES)[number], Tally>> {
  readonly answers: number;
  readonly records: { readonly clear: number; readonly masked: number };
  readonly refused: number;
  readonly people: Range;
  readonly kinds: readonly string[];
  readonly first: Place | null;
  readonly last: Place | null;
  readonly downloads: number;
  readonly isWhole: boolean;
}

export interface Duty {
  readonly step: string;
  readonly reason: string;
  readonly source: string;
  readonly dueAt: number;
}

export interface Drafts {
  readonly notice: Readonly<Record<"ko" | "en", string>>;
  readonly report: Readonly<Record<"ko" | "en", string>>;
  readonly missing: readonly NoticeContent[];
  readonly softWords: readonly string[];
}

export interface Found {
  readonly scope: Scope;
  /** The scope as the log has it. */
  readonly file: { readonly sha256: string };
  readonly duties: readonly Duty[] | null;
  readonly drafts: Drafts | null;
}

/** What of the log is meant. */
export function filterOf({ of, value, from, to }: Leak): object {
  return {
    ...(value.trim() === "" ? {} : { [of]: value.trim() }),
    ...(from === "" ? {} : { from: startOfDay(from) }),
    ...(to === "" ? {} : { to: endOfDay(to) }),
  };
}

/** What the endpoint is asked. `undefined` while nothing is said that limits it. */
export function bodyOf(leak: Leak, contents: Contents): object | undefined {
  const { value, from, to, knownAt, company } = leak;
  if (value.trim() === "" && (from === "" || to === "")) return undefined;
  const answers = ANSWERS.filter((name) => leak[name] !== "");
  return {
    ...filterOf(leak),
    ...(knownAt === "" ? {} : { knownAt: readMinute(knownAt) }),
    ...(company.trim() === "" ? {} : { company: company.trim() }),
    ...Object.fromEntries(answers.map((name) => [name, leak[name]])),
    ...(Object.keys(contents).length === 0 ? {} : { contents }),
  };
}

/** What each question is called on the breach desk. */
const FACTS = {
  uniqueIds: "hasUniqueIds",
  sensitive: "hasSensitive",
  outside: "isOutsideAccess",
  intrusion: "isIntrusion",
  contactsMissing: "lacksContacts",
} as const;

/** The facts of a form, as the breach desk has them. */
export function factsOf(leak: Leak): Omit<LeakFacts, "subjects"> {
  const known = Object.entries(FACTS).map(([name, fact]) => [
    fact,
    readAnswer(leak[name as keyof typeof FACTS]),
  ]);
  return {
    ...(Object.fromEntries(known) as Omit<LeakFacts, "isPossibleOnly" | "subjects">),
    isPossibleOnly: leak.possible === "yes",
  };
}

/** A form with what is on file of a leak. */
export function fillFrom(leak: Leak, { knownAt, facts }: FiledLeak): Leak {
  const known = Object.entries(FACTS).map(([name, fact]) => [name, writeAnswer(facts[fact])]);
  return {
    ...leak,
    ...Object.fromEntries(known),
    knownAt: minuteOf(knownAt),
    possible: writeAnswer(facts.isPossibleOnly),
  };
}

function readAnswer(answer: string): boolean | null {
  return answer === "" ? null : answer === "yes";
}

function writeAnswer(answer: boolean | null): string {
  if (answer === null) return "";
  return answer ? "yes" : "no";
}
