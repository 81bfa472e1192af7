import { textArray } from "../array-literal.ts";
import type { LogFilter } from "../ask/filter.ts";
import { columnsOf, HOUR_COLUMNS } from "../ask/statement.ts";
import { type LogDatabase, queryTexts } from "../database.ts";
import type { Counted } from "./hour-count.ts";
import { hoursOf, toolsOf } from "./tally-hours.ts";

/** What the counts by the hour can be narrowed by. */
const COLUMNS: readonly (keyof LogFilter)[] = ["kind", "actions", "outcome", "from", "to"];

/** Whether the counts by the hour answer it, without a look at any record that is counted. */
export function isCountedAhead(filter: LogFilter): boolean {
  return Object.keys(filter).every((name) => COLUMNS.some((column) => column === name));
}

/** The moments of a filter are those of whole hours. */
export type CountFilter = LogFilter & { readonly from: number; readonly to: number };

/** The last moment that a `Date` holds. */
const LATEST = 8.64e15;

/**
 * Reads what is counted, and counts what came since.
 *
 * @param before - of that only what stands before this place
 */
export async function readCounts(
  database: LogDatabase,
  filter: CountFilter,
  before: number,
): Promise<Counted> {
  const { from, to, kind, actions, outcome } = filter;
  const list = actions === undefined ? null : textArray(actions);
  const moments = [String(from), String(Math.min(to, LATEST))];
  const values = [...moments, kind ?? null, list, outcome ?? null, String(before)];
  const rows = await queryTexts(database, COUNTS, values);
  const hours = hoursOf(rows.filter(({ part }) => part !== "day"));
  return { hours, tools: toolsOf(rows.filter(({ part }) => part !== "hour")), since: from };
}

/** Records at the end of the log that nobody counted yet, and that are counted here; more wait only while a long log is caught up with. */
const TAIL = 30_000;

const momentOf = (parameter: string, lessMs = 0): string =>
  `(timestamptz '1970-01-01Z' + (${parameter}::text::bigint - ${lessMs}) * interval '1 millisecond')`;

/** A day of Korea. */
const dayOf = (moment: string): string => `(${moment} at time zone 'UTC' + interval '9 hours')::date`;

const NARROWED = `($3::text is null or r.kind = $3::text) and ($4::text is null or r.action = any($4::text::text[]))
    and ($5::text is null or r.outcome = $5::text)`;

/** One statement sees one moment of the log: what is counted meanwhile is neither missing nor met twice. */
const COUNTS = `select 'hour' as part, (extract(epoch from r.hour) * 1000)::bigint::text as hour, r.outcome, null as tool,
    sum(r.records)::text as records, sum(r.subjects)::text as subjects
  from garim.log_hour r where r.hour >= ${momentOf("$1")} and r.hour < ${momentOf("$2")} and ${NARROWED}
  group by r.hour, r.outcome
  union all
  select 'day', null, r.outcome, r.tool, sum(r.records)::text, sum(r.subjects)::text
  from (select *, 'tool' as kind from garim.log_tool_day) r
  where r.day >= ${dayOf(momentOf("$1"))} and r.day <= ${dayOf(momentOf("$2", 1))} and ${NARROWED}
  group by r.tool, r.outcome
  union all
  select 'tail', hour, outcome, tool, records, subjects from (
    select ${HOUR_COLUMNS} from (
      select ${columnsOf(["recorded_at", "kind", "actor", "action", "outcome", "subject_count"])} from garim.log_record r, garim.log_counted c
      where r.seq > c.seq and r.seq <= c.seq + ${TAIL} and r.seq < $6::text::bigint
        and r.recorded_at >= (select b.recorded_at from garim.log_batch b where b.first_seq > c.seq order by b.first_seq limit 1)
      offset 0
    ) r
    where r.recorded_at >= ${momentOf("$1")} and r.recorded_at < ${momentOf("$2")} and ${NARROWED}
    group by 1, 2, 3
  ) t`;
