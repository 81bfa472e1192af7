import { scrub } from "@garim/masking";

import { type Language, type Problem, problemOfStatus } from "../answer/problem.ts";

/** The members of a handler's own error that may be told: where hosts and RFC 9457 put a short text or a code. */
const TEXTS: readonly string[] = ["detail", "message", "error", "title"];
const CODES: readonly string[] = ["code", "error", "reason", "type"];

/** A code programs read: a word, not a sentence and not a number. */
const CODE = /^[A-Za-z][A-Za-z_.:/-]{0,63}$/;

const LONGEST_TEXT = 300;

/**
 * The built-in schema of answers that are no success: the status, a code, and one text with the personal data of recognisable
 * form taken out. Whatever else the handler's value holds is not told.
 *
 * A name in a sentence has no form to recognise: hosts put codes or plain sentences into errors, never data (SECURITY.md).
 */
export function errorProblem(status: number, value: unknown, language: Language): Problem {
  const plain = problemOfStatus(status, language);
  if (typeof value === "string") return withText(plain, value);
  if (typeof value !== "object" || value === null) return plain;
  const given = value as Record<string, unknown>;
  const nested = given["error"];
  if (typeof nested === "object" && nested !== null) return errorProblem(status, nested, language);
  const text = TEXTS.map((name) => given[name]).find((one) => typeof one === "string" && !CODE.test(one));
  const code = CODES.map((name) => given[name]).find((one) => typeof one === "string" && CODE.test(one));
  const told = typeof text === "string" ? withText(plain, text) : plain;
  return typeof code === "string" ? { ...told, code } : told;
}

function withText(problem: Problem, text: string): Problem {
  const isShort = text !== "" && text.length <= LONGEST_TEXT && !text.includes("<");
  return isShort ? { ...problem, detail: scrub(text) } : problem;
}
