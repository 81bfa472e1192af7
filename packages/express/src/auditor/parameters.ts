import type { Narrow, PageRequest } from "@garim/audit";
import { GarimError, nearest, readMoment } from "@garim/policy";
import type { Request } from "express";
import { membersOf } from "../privacy/input.ts";

/** What was given with a question: each name once, and known. */
export type Given = Readonly<Record<string, string>>;

/** What any question may be narrowed by. */
export const NARROWING: readonly string[] = [
  "actor",
  "person",
  "target",
  "kind",
  "seller",
  "session",
  "ip",
  "key",
  "action",
  "outcome",
  "purpose",
  "from",
  "to",
];

/** Which part of an answer is wanted. */
export const PAGING: readonly string[] = ["before", "limit"];

/**
 * Reads what was given with a question: of a GET in its address, of a POST in its JSON body.
 *
 * @param what - who takes it, for the message
 * @param others - members of a body that are no texts, and are read by whoever takes them
 * @throws GarimError `ERR_GARIM_QUERY_INVALID`, naming what is wrong and what is meant
 */
export function readGiven(
  req: Request,
  what: string,
  known: readonly string[],
  others: readonly string[] = [],
): Given {
  if (req.method !== "POST") return readTexts(req.query, what, known);
  // What stands in an address is in the logs of every proxy; left out without a word, it would narrow nothing.
  if (Object.keys(req.query).length > 0)
    throw queryInvalid(`POST ${what} takes everything in its JSON body; write nothing after a question mark`);
  const members = Object.entries(membersOf(req)).filter(([name]) => !others.includes(name));
  return readTexts(Object.fromEntries(members), what, known);
}

/** The same of any object. */
export function readTexts(from: unknown, what: string, known: readonly string[]): Given {
  if (typeof from !== "object" || from === null || Array.isArray(from))
    throw queryInvalid(`${what} must be an object of: ${known.join(", ")}`);
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, readText(name, value)]));

  function readText(name: string, value: unknown): string {
    if (!known.includes(name)) throw queryInvalid(describeUnknown(what, name, known));
    if (typeof value === "string") return value;
    if (Number.isSafeInteger(value)) return String(value);
    throw queryInvalid(`${what} takes ${name} once, as a text; ask again for each of several`);
  }
}

/** Says that a name is unknown, and which may be meant. The name may be anything: it is cut. */
export function describeUnknown(what: string, name: string, known: readonly string[]): string {
  const hint = nearest(name, known);
  const meant = hint === undefined ? "" : ` Did you mean ${hint}?`;
  return `${what} has no ${JSON.stringify(name.slice(0, 40))}.${meant} It takes: ${known.join(", ")}`;
}

/** The filter that narrows a question. What its values may be is told where filters are read. */
export function readNarrow(given: Given, own: readonly string[]): Narrow {
  const { action, purpose, from, to, before: _, limit: __, ...ids } = without(given, own);
  return {
    ...ids,
    ...(action === undefined ? {} : { actions: action.split(",") }),
    ...(purpose === undefined ? {} : { hasPurpose: readPurpose(purpose) }),
    ...(from === undefined ? {} : { from: readTime("from", from) }),
    ...(to === undefined ? {} : { to: readTime("to", to) }),
  } as Narrow;
}

/** The page that is wanted. */
export function readPage({ before, limit }: Given): PageRequest {
  return {
    ...(before === undefined ? {} : { before: readWhole("before", before) }),
    ...(limit === undefined ? {} : { limit: readWhole("limit", limit) }),
  };
}

export function queryInvalid(message: string): GarimError {
  return new GarimError("ERR_GARIM_QUERY_INVALID", message);
}

function without(given: Given, names: readonly string[]): Given {
  return Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name)));
}

function readPurpose(text: string): boolean {
  if (text === "none" || text === "stated") return text === "stated";
  throw queryInvalid("purpose must be none or stated; which one it was stands in the records");
}

export function readWhole(name: string, text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw queryInvalid(`${name} must be a whole number; write ${name}=50`);
}

export function readTime(name: string, text: string): number {
  const at = readMoment(/^\d{1,15}$/.test(text) ? Number(text) : text);
  if (at !== null && !Number.isNaN(at)) return at;
  throw queryInvalid(
    `${name} must be a moment with a zone, or UTC milliseconds; write ${name}=2026-11-01T00:00:00%2B09:00 in an address, with a plain + in a body`,
  );
}
