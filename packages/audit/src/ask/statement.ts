import { plainArray, textArray } from "../array-literal.ts";
import type { LogFilter, Scope } from "./filter.ts";

/** Places from `first` to before `end`. */
export interface PlaceRange {
  readonly first: number;
  readonly end: number;
}

/** What is looked for, with everything resolved that takes a question of its own. */
export interface Search {
  readonly filter: LogFilter;
  /** The subject's pseudonyms under every key. */
  readonly pseudonyms: readonly string[];
  /** Who acted in the session that is asked for. */
  readonly sessionActors: readonly string[];
  readonly within: Scope | undefined;
  readonly places: PlaceRange;
  readonly limit: number;
  readonly order: "newest" | "oldest";
}

/** A statement whose columns are all text. */
export interface Statement {
  readonly text: string;
  readonly values: string[];
}

/** Blanks as JavaScript trims them: PostgreSQL's own depend on its locale. */
const BLANKS =
  "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";

/** The columns beside the body, as text: what they say must be what the bytes say. */
export const CHECKED_COLUMNS = [
  "kind",
  "actor",
  "seller",
  "session",
  "ip",
  "action",
  "outcome",
  "purpose",
  "target",
  "key",
] as const;

const COLUMNS = `r.seq::text as seq, (extract(epoch from r.recorded_at) * 1000)::text as recorded_at,
  encode(r.body, 'hex') as body, r.subjects::text as subjects, ${CHECKED_COLUMNS.map((name) => `r.${name}`).join(", ")}`;

/** A column with an index of its own, then the place: whatever it is looked up for comes in order. */
type KeyColumn = "actor" | "seller" | "session" | "ip" | "key" | "target" | "action";

/** One way into the log: by an index, in the order of places. Several are joined, and no record comes by two of them. */
type Way =
  | { readonly by: "place" | "refused" | "subject" }
  | { readonly by: KeyColumn; readonly value: string; readonly isNot?: { readonly actor: string } };

/**
 * The statement that finds records. Its text is put together from the fragments in this file alone; whatever is asked for is a
 * value.
 *
 * @returns `undefined` where no record can be found
 */
export function findStatement(search: Search): Statement | undefined {
  const ways = waysOf(search);
  if (ways.length === 0) return undefined;
  const values: string[] = [];
  const bind: Bind = (value, type) => `$${values.push(value)}::text${type === "text" ? "" : `::${type}`}`;
  const limit = bind(String(search.limit), "int");
  const arms = ways.map((way) => armOf(way, search, limit, bind));
  const direction = search.order === "newest" ? "desc" : "asc";
  const text = `with found as materialized (
    select seq, recorded_at from (${arms.join("\n    union all ")}) as arm order by seq ${direction} limit ${limit}
  )
  select ${COLUMNS} from found join garim.log_record r on r.seq = found.seq and r.recorded_at = found.recorded_at
  order by r.seq ${direction}`;
  return { text, values };
}

/** Adds a value. @returns the parameter that stands for it, brought to its type */
type Bind = (value: string, type: "text" | "text[]" | "bigint" | "int" | "uuid[]") => string;

/**
 * The indexes to go by: the one that leaves least, as far as that can be told from what is asked alone. Whose data it was is
 * rarest; a seller's records are rarer than an action, and an action other than viewing rarer than a refusal.
 */
function waysOf({ filter, sessionActors, within }: Search): readonly Way[] {
  const { subject, key, session, target, actor, person, ip, seller, actions = [], outcome } = filter;
  if (within !== undefined && seller !== undefined && seller !== within.sellerId) return [];
  if (subject !== undefined) return [{ by: "subject" }];
  if (session !== undefined) {
    // Of a session, its index knows everything but views: those are its actor's.
    if (exceptsViews(actions)) return [{ by: "session", value: session }];
    const actors = sessionActors.filter((one) => actor === undefined || one === actor);
    return actors.map((value) => ({ by: "actor", value }));
  }
  if (key !== undefined) return [{ by: "key", value: key }];
  if (target !== undefined) return [{ by: "target", value: target }];
  if (actor !== undefined) return [{ by: "actor", value: actor }];
  if (person !== undefined)
    return [
      { by: "actor", value: person },
      { by: "target", value: person, isNot: { actor: person } },
    ];
  if (ip !== undefined) return [{ by: "ip", value: ip }];
  const sellerId = within?.sellerId ?? seller;
  if (sellerId !== undefined) return [{ by: "seller", value: sellerId }];
  if (exceptsViews(actions)) return actions.map((value) => ({ by: "action", value }));
  return [{ by: outcome === "refused" ? "refused" : "place" }];
}

function exceptsViews(actions: readonly string[]): boolean {
  return actions.length > 0 && !actions.includes("view");
}

function armOf(way: Way, search: Search, limit: string, bind: Bind): string {
  const direction = search.order === "newest" ? "desc" : "asc";
  const end = `order by r.seq ${direction} limit ${limit}`;
  const conditions = conditionsOf(way, search, bind);
  const range = [...rangeOf(way, search.places, bind), ...momentsOf(search.filter, bind)];
  if (isKeyed(way))
    return `(select r.seq, r.recorded_at from garim.log_record r where ${[...range, ...conditions].join(" and ")}
      order by r.${way.by} ${direction}, r.seq ${direction} limit ${limit})`;
  const where = conditions.length === 0 ? "" : `where ${conditions.join(" and ")}`;
  if (way.by === "subject") {
    const isTheirs = `r.subjects && ${bind(plainArray(search.pseudonyms), "uuid[]")}`;
    // Materialized, so that the planner neither walks the log in hope of a frequent subject nor takes a wider index.
    return `(with r as materialized (select ${KEPT} from garim.log_record r where ${[isTheirs, ...range].join(" and ")})
      select r.seq, r.recorded_at from r ${where} ${end})`;
  }
  // "offset 0" keeps the two apart: in the order of places everything is read once and in one pass, whatever is left of it.
  return `(select r.seq, r.recorded_at from (
      select ${KEPT} from garim.log_record r where ${range.join(" and ")} order by r.seq ${direction} offset 0
    ) as r ${where} ${end})`;
}

/** What conditions look at, and what a record is joined by. */
const KEPT = `r.seq, r.recorded_at, ${CHECKED_COLUMNS.map((name) => `r.${name}`).join(", ")}`;

/**
 * Where in the index of a way to look. Of a column, a range of (column, place) in that order: no other index gives it, so that the
 * planner never walks the whole log in hope of a frequent value. The list of one value is there for its estimate of how many there
 * are; an equality would make the order that of the places alone.
 */
function rangeOf(way: Way, { first, end }: PlaceRange, bind: Bind): readonly string[] {
  const low = bind(String(first), "bigint");
  const high = bind(String(end), "bigint");
  if (!isKeyed(way)) {
    const refused = way.by === "refused" ? ["r.outcome = 'refused'"] : [];
    return [...refused, `r.seq >= ${low}`, `r.seq < ${high}`];
  }
  const value = bind(way.value, "text");
  return [
    `(r.${way.by}, r.seq) >= (${value}, ${low})`,
    `(r.${way.by}, r.seq) < (${value}, ${high})`,
    `r.${way.by} = any(array[${value}])`,
    ...(PARTIAL[way.by] ?? []),
    ...(way.isNot === undefined ? [] : [`r.actor <> ${bind(way.isNot.actor, "text")}`]),
  ];
}

function isKeyed(way: Way): way is Extract<Way, { readonly value: string }> {
  return "value" in way;
}

/** What those indexes leave out must be said, or the planner may not use them. */
const PARTIAL: Readonly<Partial<Record<KeyColumn, readonly string[]>>> = {
  seller: ["r.seller is not null"],
  key: ["r.key is not null"],
  target: ["r.target is not null"],
  session: ["r.session is not null", "r.action <> 'view'"],
  action: ["r.action <> 'view'"],
};

/** Everything that is asked for but moments and what the way says by its range. */
function conditionsOf(way: Way, search: Search, bind: Bind): readonly string[] {
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
  return [`coalesce(translate(r.purpose, ${bind(BLANKS, "text")}, ''), '') ${hasPurpose ? "<>" : "="} ''`];
}

/** Places say it already; said again, months that cannot hold any are not looked into. */
function momentsOf({ from, to }: LogFilter, bind: Bind): readonly string[] {
  return [
    ...(from === undefined ? [] : [`r.recorded_at >= ${momentOf(from, bind)}`]),
    ...(to === undefined ? [] : [`r.recorded_at < ${momentOf(to, bind)}`]),
  ];
}

/** Whole milliseconds, exactly: a floating point number of seconds is not. */
function momentOf(at: number, bind: Bind): string {
  return `(timestamptz '1970-01-01Z' + ${bind(String(at), "bigint")} * interval '1 millisecond')`;
}
