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

/** What is shown of a record, as texts. */
const COLUMNS = `r.seq::text as seq, (extract(epoch from r.recorded_at) * 1000)::text as recorded_at,
  encode(r.body, 'hex') as body, encode(r.leaf, 'hex') as leaf, r.subjects::text as subjects, ${SEARCHED_TEXTS.map((name) => `r.${name}`).join(", ")}`;

/** What is taken from a record where it is found: to find it again by its place would be a second walk down an index for each. */
type Taken = readonly string[];
const PLACE: Taken = ["seq", "recorded_at"];
const RECORD: Taken = [...PLACE, "body", "leaf", "subjects", ...SEARCHED_TEXTS];
const COUNTED: Taken = [...PLACE, "kind", "actor", "outcome", "subject_count"];

/** What conditions look at. */
const LOOKED_AT: Taken = [...PLACE, ...SEARCHED_TEXTS];

/** Columns of a record; of its subjects only their count is counted, as they may be many. */
export function columnsOf(names: readonly string[]): string {
  const column = (name: string): string =>
    name === "subject_count" ? "cardinality(r.subjects) as subject_count" : `r.${name}`;
  return [...new Set(names)].map(column).join(", ");
}

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
  const found = foundOf(search, table, RECORD);
  return found && { text: `select ${COLUMNS} ${found.text}`, values: found.values };
}

/** So many records of a subject are looked at for a page, wherever in a stretch they stand; who has more there is met often. */
export const MOST_OF_RARE = 300;

/**
 * The statement that finds records of a subject who is met rarely: all are looked at, in no order, before the page is chosen.
 *
 * Its rows say in `met` how many there were. Where that is {@link MOST_OF_RARE} there may be more, and the page is none. Where no record is
 * found, a row says so without one.
 */
export function rareStatement(search: Search, table: LogTable): Statement | undefined {
  const [way] = waysOf(search);
  if (way === undefined) return undefined;
  const { values, bind } = binding();
  const inner = [isTheirs(search, bind), ...momentsOf(search, bind)];
  const outer = [...rangeOf(way, search.places, bind), ...conditionsOf(way, search, bind)];
  // How many are wanted is kept from the planner: in hope of a frequent subject it would walk the log.
  const text = `with met as materialized (
    select ${columnsOf([...LOOKED_AT, ...RECORD])} from garim.${table} r where ${allOf(inner)} limit (select ${MOST_OF_RARE})
  )
  select m.met::text as met, ${COLUMNS} from (select count(*) as met from met) m left join lateral (
    select * from met r where ${allOf(outer)} order by r.seq ${directionOf(search)} limit ${bind(String(search.limit), "int")}
  ) r on true order by r.seq ${directionOf(search)}`;
  return { text, values };
}

/** The statement that finds only where they stand; {@link recordsStatement} reads them then, some at a time. */
export function placesStatement(search: Search, table: LogTable): Statement | undefined {
  const found = foundOf(search, table, PLACE);
  return found && { text: `select r.seq::text, ${MICROS} ${found.text}`, values: found.values };
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

/** The columns that charts count by, and the counts, of rows as {@link columnsOf} has them. */
export const HOUR_COLUMNS = `(extract(epoch from date_trunc('hour', r.recorded_at, 'UTC')) * 1000)::bigint::text as hour, r.outcome,
  case when r.kind = 'tool' then r.actor end as tool, count(*)::text as records, sum(r.subject_count)::text as subjects,
  (extract(epoch from min(r.recorded_at)) * 1000)::bigint::text as first`;

/** The statement that counts by the hour what {@link findStatement} would find, of as many records at most. */
export function hoursStatement(search: Search, table: LogTable): Statement | undefined {
  const found = foundOf(search, table, COUNTED);
  return (
    found && {
      text: `select ${HOUR_COLUMNS} from (select r.* ${found.text}) as r group by 1, 2, 3`,
      values: found.values,
    }
  );
}

/** The rest of a statement that begins by what is wanted of each record, `r`. */
function foundOf(search: Search, table: LogTable, taken: Taken): Statement | undefined {
  const ways = waysOf(search);
  if (ways.length === 0) return undefined;
  const { values, bind } = binding();
  const limit = bind(String(search.limit), "int");
  const arms = ways.map((way) => armOf(way, { ...search, table }, taken, limit, bind));
  const text = `from (${arms.join("\n    union all ")}) as r order by r.seq ${directionOf(search)} limit ${limit}`;
  return { text, values };
}

function binding(): { readonly values: string[]; readonly bind: Bind } {
  const values: string[] = [];
  return {
    values,
    bind: (value, type) => `$${values.push(value)}::text${type === "text" ? "" : `::${type}`}`,
  };
}

function isTheirs({ pseudonyms }: Search, bind: Bind): string {
  return `r.subjects && ${bind(plainArray(pseudonyms), "uuid[]")}`;
}

function directionOf({ order }: Pick<Search, "order">): string {
  return order === "newest" ? "desc" : "asc";
}

function armOf(
  way: Way,
  search: Search & { readonly table: LogTable },
  taken: Taken,
  limit: string,
  bind: Bind,
): string {
  const table = `garim.${search.table}`;
  const direction = directionOf(search);
  const conditions = conditionsOf(way, search, bind);
  const range = [...rangeOf(way, search.places, bind), ...momentsOf(search, bind)];
  if (isKeyed(way))
    return `(select ${columnsOf(taken)} from ${table} r where ${allOf([...range, ...conditions])}
      order by r.${way.by} ${direction}, r.seq ${direction} limit ${limit})`;
  const columns = columnsOf([...LOOKED_AT, ...taken]);
  const theirs = way.by === "subject" ? [isTheirs(search, bind)] : [];
  const inOrder = way.by === "subject" ? "" : `order by r.seq ${direction} `;
  // "offset 0" keeps the two apart. In the order of places everything is read once and in one pass, whatever is left of it; of a subject
  // the planner neither walks the log in hope of a frequent one nor takes a wider index.
  return `(select ${taken.map((name) => `r.${name}`).join(", ")} from (
      select ${columns} from ${table} r where ${allOf([...theirs, ...range])} ${inOrder}offset 0
    ) as r where ${allOf(conditions)} order by r.seq ${direction} limit ${limit})`;
}

function allOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? "true" : conditions.join(" and ");
}
