import { GarimError } from "@garim/policy";

const LONGEST_ID = 256;
const LONGEST_LINE = 1_000;
/** No moment of an entry lies before 2000 or after 2100: what does is seconds, or a typing error. */
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/** An id of somebody or something: a text of 1 to 256 characters without control characters. */
export function readId(member: string, id: unknown): string {
  const isId = typeof id === "string" && id !== "" && id.length <= LONGEST_ID && !/\p{Cc}/u.test(id);
  if (isId) return id;
  throw refuseMember(member, `a text of 1 to ${LONGEST_ID} characters`);
}

/** A text of one line that says something. */
export function readLine(member: string, text: unknown, longest: number = LONGEST_LINE): string {
  const isLine = typeof text === "string" && text.trim() !== "" && text.length <= longest;
  if (isLine && !/\p{Cc}/u.test(text)) return text.trim();
  throw refuseMember(member, `a text of 1 to ${longest} characters in one line`);
}

/** A text of any number of lines that says something. Half a character, which no database could take, is refused. */
export function readText(member: string, text: unknown, longest: number): string {
  const isText = typeof text === "string" && text.trim() !== "" && text.length <= longest;
  if (isText && !/[\0\p{Cs}]/u.test(text)) return text.trim();
  throw refuseMember(member, `a text of 1 to ${longest} characters`);
}

/** A moment of this century. */
export function readMoment(member: string, at: unknown): number {
  if (typeof at === "number" && Number.isSafeInteger(at) && at >= EARLIEST && at < LATEST) return at;
  throw refuseMember(member, "a moment in UTC milliseconds");
}

/** One of the words. */
export function readWord<T extends string>(member: string, word: unknown, words: readonly T[]): T {
  const known = words.find((one) => one === word);
  if (known !== undefined) return known;
  throw refuseMember(member, `one of ${words.join(", ")}`);
}

/** Says which member of what was handed in cannot be taken, and what it takes. */
export function refuseMember(member: string, wanted: string): GarimError {
  return new GarimError("ERR_GARIM_OPTION_INVALID", `It cannot be put on file: ${member} must be ${wanted}`);
}
