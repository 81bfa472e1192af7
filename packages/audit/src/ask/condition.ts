import { textArray } from "../array-literal.ts";
import type { LogFilter } from "./filter.ts";
import type { Bind, Search } from "./search.ts";
import type { Way } from "./way.ts";

/** Blanks as JavaScript trims them: PostgreSQL's own depend on its locale. */
const BLANKS =
  "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";

/** Everything that is asked for but moments and what the way says by its range. */
export function conditionsOf(way: Way, search: Search, bind: Bind): readonly string[] {
  const { filter, within } = search;
  const text = (column: string, value: string | undefined): readonly string[] =>
    value === undefined || way.by === column ? [] : [`r.${column} = ${bind(value, "text")}`];
  return [
    ...text("actor", filter.actor),
    ...text("kind", filter.kind),
    ...text("seller", within?.sellerId ?? filter.seller),
    ...text("session", filter.session),
    ...text("ip", filter.ip),
    ...text("key", filter.key),
    ...text("target", filter.target),
    ...personOf(filter, bind),
    ...actionsOf(way, filter, bind),
    ...text("outcome", filter.outcome),
    ...purposeOf(filter, bind),
  ];
}

function actionsOf(way: Way, { actions }: LogFilter, bind: Bind): readonly string[] {
  if (actions === undefined || way.by === "action") return [];
  return [`r.action = any(${bind(textArray(actions), "text[]")})`];
}

function personOf({ person }: LogFilter, bind: Bind): readonly string[] {
  if (person === undefined) return [];
  const value = bind(person, "text");
  return [`(r.actor = ${value} or r.target = ${value})`];
}

function purposeOf({ hasPurpose }: LogFilter, bind: Bind): readonly string[] {
  if (hasPurpose === undefined) return [];
  // As a length: the planner takes what it knows nothing of for one in three then, and an equality for one in two hundred.
  const length = `length(coalesce(translate(r.purpose, ${bind(BLANKS, "text")}, ''), ''))`;
  return [`${length} ${hasPurpose ? ">=" : "<"} 1`];
}

/** Places say it already; said again, months that cannot hold any are not even planned for. */
export function momentsOf(
  { filter: { from, to }, places: { since, until } }: Pick<Search, "filter" | "places">,
  bind: Bind,
): readonly string[] {
  return [
    ...(from === undefined
      ? []
      : [`r.recorded_at >= ${momentOf(bind(String(from), "bigint"), "millisecond")}`]),
    ...(to === undefined ? [] : [`r.recorded_at < ${momentOf(bind(String(to), "bigint"), "millisecond")}`]),
    ...(since === undefined ? [] : [`r.recorded_at >= ${momentOf(bind(since, "bigint"), "microsecond")}`]),
    ...(until === undefined ? [] : [`r.recorded_at <= ${momentOf(bind(until, "bigint"), "microsecond")}`]),
  ];
}

/**
 * A moment since 1970, exactly: a floating point number of seconds is not. Added up without a time zone, as what depends on the session's
 * is not reckoned before a plan is made.
 */
function momentOf(since1970: string, unit: "millisecond" | "microsecond"): string {
  return `((timestamp '1970-01-01' + ${since1970} * interval '1 ${unit}') at time zone 'UTC')`;
}
