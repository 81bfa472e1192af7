import { endOfDay, startOfDay } from "../../kit/day.ts";

/** What may be asked: the verb it is, and what it is asked of. */
interface Verb {
  readonly verb: string;
  /** The name of what it is asked of, where it is of somebody. */
  readonly of?: string;
  readonly also?: Readonly<Record<string, string>>;
}

export const QUESTIONS = {
  latest: { verb: "records" },
  "saw-buyer": { verb: "who-saw", of: "buyer" },
  "saw-phone": { verb: "who-saw", of: "phone" },
  "saw-order": { verb: "who-saw", of: "order" },
  actor: { verb: "by-actor", of: "actor" },
  tool: { verb: "by-tool", of: "tool" },
  downloads: { verb: "downloads" },
  "no-purpose": { verb: "downloads", also: { purpose: "none" } },
  denied: { verb: "denied" },
  rights: { verb: "rights-history" },
} as const satisfies Readonly<Record<string, Verb>>;

export type QuestionName = keyof typeof QUESTIONS;

/** What narrows a question further, by the names of the endpoint. */
export const NARROW = ["seller", "kind", "action", "outcome", "ip", "session"] as const;

/** A question as its form holds it. Days are of Korea, both inclusive; empty texts narrow nothing. */
export interface Question extends Readonly<Record<(typeof NARROW)[number], string>> {
  readonly ask: QuestionName;
  readonly value: string;
  readonly from: string;
  readonly to: string;
}

export const NOTHING: Question = {
  ask: "latest",
  value: "",
  from: "",
  to: "",
  seller: "",
  kind: "",
  action: "",
  outcome: "",
  ip: "",
  session: "",
};

/** Whether what is asked of is a buyer: it never stands in an address. */
export function isOfSubject(ask: QuestionName): boolean {
  return QUESTIONS[ask].verb === "who-saw";
}

/** What it is asked of, as the endpoint calls it. */
export function nameOf(ask: QuestionName): string | undefined {
  const verb: Verb = QUESTIONS[ask];
  return verb.of;
}

/** A question from an address. What nobody can have written there is left out. */
export function readQuestion(given: Readonly<Record<string, string>>): Question {
  const known = Object.keys(NOTHING).filter((name) => typeof given[name] === "string");
  const read = { ...NOTHING, ...Object.fromEntries(known.map((name) => [name, given[name]])) };
  const ask = Object.hasOwn(QUESTIONS, read.ask) ? read.ask : NOTHING.ask;
  return { ...read, ask };
}

/** A question as it stands in an address. */
export function addressOf(question: Question): Readonly<Record<string, string>> {
  const { ask, value, ...rest } = question;
  const own = isOfSubject(ask) ? {} : { value };
  return { ...rest, ...own, ...(ask === "latest" ? {} : { ask }) };
}

/** The verb and the body that ask it. `undefined` while it is not said of whom. */
export function bodyOf(
  question: Question,
): { readonly verb: string; readonly body: Readonly<Record<string, string | number>> } | undefined {
  const { ask, value, from, to } = question;
  const { verb, of, also }: Verb = QUESTIONS[ask];
  if (of !== undefined && value.trim() === "") return undefined;
  const narrow = NARROW.filter((name) => question[name].trim() !== "" && !isSaid(name, ask));
  return {
    verb,
    body: {
      ...also,
      ...(of === undefined ? {} : { [of]: value.trim() }),
      ...Object.fromEntries(narrow.map((name) => [name, question[name].trim()])),
      ...(from === "" ? {} : { from: startOfDay(from) }),
      ...(to === "" ? {} : { to: endOfDay(to) }),
    },
  };
}

/** What a question says itself must not be said again. */
const SAID: Readonly<Partial<Record<QuestionName, readonly string[]>>> = {
  tool: ["kind"],
  downloads: ["action"],
  "no-purpose": ["action"],
  denied: ["outcome"],
  rights: ["action"],
};

export function isSaid(name: (typeof NARROW)[number], ask: QuestionName): boolean {
  return SAID[ask]?.includes(name) ?? false;
}
