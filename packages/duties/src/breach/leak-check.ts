import { findSoftWords, LEAK_CHECKS, LEAK_KINDS, NOTICE_CONTENTS, type NoticeContent } from "@garim/policy";
import { readId, readLine, readMoment, readWord, refuseMember } from "../input.ts";
import type { FiledLeak, LeakChange, LeakFacts, LeakInput } from "./leak.ts";

const LONGEST_CONTENT = 4_000;
/** Nodes' clocks may be apart by this. */
const SKEW_MS = 120_000;
const YES_NO = ["hasUniqueIds", "hasSensitive", "isOutsideAccess", "isIntrusion", "lacksContacts"] as const;

/** Checks a leak and takes nothing else of it over. */
export function readLeak(given: LeakInput, now: number): LeakInput {
  if (typeof given !== "object" || given === null) throw refuseMember("leak", "an object");
  return {
    title: readSober("title", readLine("title", given.title, 200)),
    kind: readWord("kind", given.kind, LEAK_KINDS),
    knownAt: readPast("knownAt", given.knownAt, now),
    facts: { ...UNKNOWN, ...readFacts(given.facts ?? {}) },
    scope: given.scope === null || given.scope === undefined ? null : readHash(given.scope),
  };
}

const UNKNOWN: LeakFacts = {
  isPossibleOnly: false,
  subjects: null,
  hasUniqueIds: null,
  hasSensitive: null,
  isOutsideAccess: null,
  isIntrusion: null,
  lacksContacts: null,
};

/** A moment that is over. */
export function readPast(member: string, at: unknown, now: number): number {
  const moment = readMoment(member, at);
  if (moment > now + SKEW_MS) throw refuseMember(member, "a moment that is not in the future");
  return moment;
}

/** What is left out of a change stays as it was. */
export function applyChange(leak: FiledLeak, change: LeakChange): FiledLeak {
  if (typeof change !== "object" || change === null) throw refuseMember("change", "an object");
  const facts = { ...leak.facts, ...readFacts(change.facts ?? {}) };
  const scope = change.scope === undefined ? leak.scope : readHash(change.scope);
  const contents = { ...leak.contents, ...readContents(change.contents ?? {}) };
  const said = Object.entries(contents).filter(([, text]) => text !== "");
  // What another scope showed is told of this one no longer.
  const found = scope === leak.scope ? leak.found : null;
  return { ...leak, facts, scope, found, contents: Object.fromEntries(said) };
}

function readFacts(given: Partial<LeakFacts>): Partial<LeakFacts> {
  if (typeof given !== "object" || given === null) throw refuseMember("facts", "an object");
  const { isPossibleOnly, subjects } = given;
  const isCount =
    subjects === null || subjects === undefined || (Number.isSafeInteger(subjects) && subjects >= 0);
  if (!isCount) throw refuseMember("facts.subjects", "a whole number, or null where nobody knows");
  if (isPossibleOnly !== undefined && typeof isPossibleOnly !== "boolean")
    throw refuseMember("facts.isPossibleOnly", "true or false");
  const known = YES_NO.flatMap((name) =>
    given[name] === undefined ? [] : [[name, readAnswer(name, given[name])]],
  );
  return {
    ...(isPossibleOnly === undefined ? {} : { isPossibleOnly }),
    ...(subjects === undefined ? {} : { subjects }),
    ...Object.fromEntries(known),
  };
}

function readAnswer(name: string, answer: unknown): boolean | null {
  if (answer === null || typeof answer === "boolean") return answer;
  throw refuseMember(`facts.${name}`, "true, false, or null where nobody knows");
}

function readHash(scope: unknown): string {
  if (typeof scope === "string" && /^[\da-f]{64}$/.test(scope)) return scope;
  throw refuseMember("scope", "the SHA-256 of the scope, 64 hex digits");
}

function readContents(given: NonNullable<LeakChange["contents"]>): LeakChange["contents"] {
  if (typeof given !== "object" || given === null) throw refuseMember("contents", "an object of texts");
  const read = Object.entries(given).map(([name, text]) => {
    const content: NoticeContent = readWord("contents", name, NOTICE_CONTENTS);
    if (typeof text !== "string" || text.length > LONGEST_CONTENT)
      throw refuseMember(`contents.${content}`, `a text of at most ${LONGEST_CONTENT} characters`);
    return [content, readSober(`contents.${content}`, text.trim())] as const;
  });
  return Object.fromEntries(read);
}

/** A notice says what it is. @source garim/wording */
function readSober(member: string, text: string): string {
  const [soft] = findSoftWords(text);
  if (soft === undefined) return text;
  throw refuseMember(member, "a text that says 유출 (leak), never 노출 (exposure)");
}

/** One of the checks of its kind. */
export function readCheck(leak: FiledLeak, check: unknown): string {
  return readWord(
    "check",
    readId("check", check),
    LEAK_CHECKS[leak.kind].map(({ id }) => id),
  );
}
