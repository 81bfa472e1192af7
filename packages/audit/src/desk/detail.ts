import type { Detail } from "../access.ts";
import type { LogFilter, Scope } from "../ask/filter.ts";
import type { PageRequest } from "../ask/page.ts";
import type { Question } from "../ask/question.ts";

/** A question as its record tells it. Whom it is about does not stand here: that is a person, and stands in `asked`. */
export function detailOf(
  { verb, filter }: Question,
  within: Scope | undefined,
  page: PageRequest = {},
): Detail {
  const { subject, ...rest } = filter;
  const members = Object.entries({ ...rest, ...page, within: within?.sellerId });
  return {
    verb,
    ...Object.fromEntries(
      members.flatMap(([name, value]) => (value === undefined ? [] : [[name, sayValue(value)]])),
    ),
  };
}

function sayValue(value: NonNullable<LogFilter[keyof LogFilter]>): string | number {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string" || typeof value === "number") return value;
  return Array.isArray(value) ? value.join(" ") : "";
}
