import { plainArray } from "../array-literal.ts";
import { SEARCHED_TEXTS } from "../record/searched-texts.ts";
import { conditionsOf, momentsOf } from "./condition.ts";
import type { Bind, LogTable, Search } from "./search.ts";
import { isKeyed, rangeOf, type Way, waysOf } from "./way.ts";

/** A statement whose columns are all text. */
export interface Statement {
  readonly text: string;
  readonly values: string[];
}

const COLUMNS = `r.seq::text as seq, (extract(epoch from r.recorded_at) * 1000)::text as recorded_at,
  encode(r.body, 'hex') as body, encode(r.leaf, 'hex') as leaf, r.subjects::text as subjects, ${SEARCHED_TEXTS.map((name) => `r.${name}`).join(", ")}`;

/** What conditions look at, and what a record is joined by. */
const KEPT = `r.seq, r.recorded_at, ${SEARCHED_TEXTS.map((name) => `r.${name}`).join(", ")}`;

/** Where a record stands: its place, and its moment in microseconds since 1970, which says which month to look into. */
export interface RecordPlace {
  readonly seq: string;
  readonly micros: string;
}

/** A record's moment, exactly: a floating point number of seconds is not. */
const MICROS = "(extract(epoch from recorded_at) * 1000000)::bigint::text as micros";

/**
 * The statement that finds records. Its text is put together from fixed fragments alone; whatever is asked for is a
 * value.
 *
 * @returns `undefined` where no record can be found
 */
export function findStatement(search: Search, table: LogTable): Statement | undefined {
  const found = placesOf(search, table);
  if (found === undefined) return undefined;
  const text = `with found as materialized (select seq, recorded_at ${found.text})
  select ${COLUMNS} from found join garim.${table} r on r.seq = found.seq and r.recorded_at = found.recorded_at
  order by r.seq ${directionOf(search)}`;
  return { text, values: found.values };
}

/** The statement that finds only where they stand; {@link recordsStatement} reads them then, some at a time. */
export function placesStatement(search: Search, table: LogTable): Statement | undefined {
  const found = placesOf(search, table);
  return found && { text: `select seq::text, ${MICROS} ${found.text}`, values: found.values };
}

/** The statement that reads the records at these places, oldest first. */
export function recordsStatement(places: readonly RecordPlace[], table: LogTable): Statement {
  const text = `select ${COLUMNS}
  from unnest($1::text::bigint[], $2::text::bigint[]) as place (seq, micros)
  join garim.${table} r on r.seq = place.seq
    and r.recorded_at = timestamptz '1970-01-01Z' + place.micros * interval '1 microsecond'
  order by r.seq`;
  return {
    text,
    values: [plainArray(places.map(({ seq }) => seq)), plainArray(places.map(({ micros }) => micros))],
  };
}

/** The columns that charts count by, and the counts. */
export const HOUR_COLUMNS = `(extract(epoch from date_trunc('hour', r.recorded_at, 'UTC')) * 1000)::bigint::text as hour, r.outcome,
  case when r.kind = 'tool' then r.actor end as tool, count(*)::text as records, sum(cardinality(r.subjects))::text as subjects,
  (extract(epoch from min(r.recorded_at)) * 1000)::bigint::text as first`;

/** The statement that counts by the hour what {@link findStatement} would find, of as many records at most. */
export function hoursStatement(search: Search, table: LogTable): Statement | undefined {
  const found = placesOf(search, table);
  if (found === undefined) return undefined;
  const text = `with found as materialized (select seq, recorded_at ${found.text})
  select ${HOUR_COLUMNS} from found join garim.${table} r on r.seq = found.seq and r.recorded_at = found.recorded_at
  group by 1, 2, 3`;
  return { text, values: found.values };
}

/** The rest of a statement that begins by what is wanted of each place. */
function placesOf(search: Search, table: LogTable): Statement | undefined {
  const ways = waysOf(search);
  if (ways.length === 0) return undefined;
  const values: string[] = [];
  const bind: Bind = (value, type) => `$${values.push(value)}::text${type === "text" ? "" : `::${type}`}`;
  const limit = bind(String(search.limit), "int");
  const arms = ways.map((way) => armOf(way, { ...search, table }, limit, bind));
  const text = `from (${arms.join("\n    union all ")}) as arm order by arm.seq ${directionOf(search)} limit ${limit}`;
  return { text, values };
}

function directionOf({ order }: Pick<Search, "order">): string {
  return order === "newest" ? "desc" : "asc";
}

function armOf(way: Way, search: Search & { readonly table: LogTable }, limit: string, bind: Bind): string {
  const table = `garim.${search.table}`;
  const direction = directionOf(search);
  const end = `order by r.seq ${direction} limit ${limit}`;
  const conditions = conditionsOf(way, search, bind);
  const range = [...rangeOf(way, search.places, bind), ...momentsOf(search.filter, bind)];
  if (isKeyed(way))
    return `(select r.seq, r.recorded_at from ${table} r where ${[...range, ...conditions].join(" and ")}
      order by r.${way.by} ${direction}, r.seq ${direction} limit ${limit})`;
  const where = conditions.length === 0 ? "" : `where ${conditions.join(" and ")}`;
  if (way.by === "subject") {
    const isTheirs = `r.subjects && ${bind(plainArray(search.pseudonyms), "uuid[]")}`;
    // Materialized, so that the planner neither walks the log in hope of a frequent subject nor takes a wider index.
    return `(with r as materialized (select ${KEPT} from ${table} r where ${[isTheirs, ...range].join(" and ")})
      select r.seq, r.recorded_at from r ${where} ${end})`;
  }
  // "offset 0" keeps the two apart: in the order of places everything is read once and in one pass, whatever is left of it.
  return `(select r.seq, r.recorded_at from (
      select ${KEPT} from ${table} r where ${range.join(" and ")} order by r.seq ${direction} offset 0
    ) as r ${where} ${end})`;
}
