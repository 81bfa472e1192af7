import type { AnswerShape } from "@garim/masking";
import { find, personalPaths } from "@garim/masking";
import type { Request } from "express";

/** Tells whether a request would search, filter or sort by personal data. */
export type SearchCheck = (req: Pick<Request, "query" | "params">) => boolean;

/** The same of a question that stands elsewhere: in a body. */
export type WordCheck = (question: unknown) => boolean;

/** Deeper, longer or more of it is nobody's honest question. */
const DEEPEST = 5;
const MOST_VALUES = 1_000;

/**
 * Compiles the check of a route's questions. What is masked must not be found by what it was before: a list filtered by a phone
 * number tells whose order it is, one sorted by name tells the first letters.
 *
 * A question is personal where it names a personal field of the answer (`recipient.phone`, `?sort=-buyer.name`, `?filter[email]=…`)
 * or holds personal data of recognisable form, in the query or in a parameter of the path.
 */
export function compileSearchCheck(shape: AnswerShape): SearchCheck {
  const asksPersonal = compileWordCheck(shape);
  return ({ query, params }) => asksPersonal(query) || asksPersonal(params);
}

/** As {@link compileSearchCheck}. */
export function compileWordCheck(shape: AnswerShape): WordCheck {
  const names = new Set(
    personalPaths(shape)
      .flatMap((path) => [path, path.slice(path.lastIndexOf(".") + 1)])
      .map(fold),
  );
  const isPersonalName = (text: string): boolean =>
    text.split(SEPARATORS).some((word) => names.has(fold(word)));
  return (question) => {
    const words = [...wordsOf(question, 0)];
    if (words.length > MOST_VALUES) return true;
    return words.some(({ text, isName }) => isPersonalName(text) || (!isName && find(text).length > 0));
  };
}

/** What stands between the names of fields in a question: `-buyer.name,orderNo`, `filter[email]`, `phone:asc`. */
const SEPARATORS = /[,;:|\s[\]()+-]+/;

/** `recipient_phone`, `recipientPhone` and `Recipient-Phone` name one field. */
export function fold(name: string): string {
  return name.replace(/[._-]/g, "").toLowerCase();
}

interface Word {
  readonly text: string;
  /** The name of a parameter, or what somebody gave for it. */
  readonly isName: boolean;
}

function* wordsOf(question: unknown, depth: number): Iterable<Word> {
  if (typeof question === "string") yield { text: question.slice(0, 2_000), isName: false };
  if (typeof question !== "object" || question === null || depth > DEEPEST) return;
  for (const [name, value] of Object.entries(question)) {
    yield { text: name, isName: true };
    yield* wordsOf(value, depth + 1);
  }
}
