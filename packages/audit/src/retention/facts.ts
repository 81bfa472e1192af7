import { plainArray } from "../array-literal.ts";
import { type LogDatabase, queryTexts } from "../database.ts";
import { type Month, monthAfter, startOf } from "../keys/month.ts";
import { KEPT_ACTIONS } from "../lasting-actions.ts";
import { type LegalHold, readHolds } from "./hold.ts";

/** A month that is in the log still. */
export interface MonthFacts {
  readonly month: Month;
  /** Places of its first and last record; `null` where it has none. */
  readonly first: number | null;
  readonly last: number | null;
  readonly records: number;
  /** Of them, those that outlive their month. */
  readonly kept: number;
  /** Different pseudonyms; `null` where they were not counted. */
  readonly pseudonyms: number | null;
  /** Its last batch, `null` where it has none. */
  readonly batch: number | null;
}

/** What outlived a month of the history of rights, without the records of destructions, which stay. */
export interface HistoryFacts {
  readonly month: Month;
  readonly records: number;
}

/** What a retention plan is made of. */
export interface RetentionFacts {
  /** Oldest first. */
  readonly months: readonly MonthFacts[];
  /** Oldest first. */
  readonly history: readonly HistoryFacts[];
  readonly holds: readonly LegalHold[];
  /** Months that are destroyed, oldest first. */
  readonly destroyed: readonly Month[];
  /** Batches that a checkpoint covers. */
  readonly sealed: number;
}

const MONTHS = `select translate(substr(c.relname, 12), '_', '-') as month
  from pg_inherits i join pg_class c on c.oid = i.inhrelid
  where i.inhparent = 'garim.log_record'::regclass and c.relname ~ '^log_record_[0-9]{4}_[0-9]{2}$' order by 1`;

const moment = (n: number): string =>
  `(timestamptz '1970-01-01Z' + $${n}::text::bigint * interval '1 millisecond')`;
const WITHIN = `recorded_at >= ${moment(1)} and recorded_at < ${moment(2)}`;

const MONTH = `select min(first_seq)::text as first, max(first_seq + size - 1)::text as last,
    coalesce(sum(size), 0)::text as records, max(no)::text as batch,
    (select count(*)::text from garim.log_record
      where ${WITHIN} and action <> 'view' and action = any($3::text::text[])) as kept
  from garim.log_batch where ${WITHIN}`;

const PSEUDONYMS = `select count(distinct s)::text as count from garim.log_record r, unnest(r.subjects) s where ${WITHIN}`;

const HISTORY = `select to_char(recorded_at at time zone 'UTC', 'YYYY-MM') as month, count(*)::text as records
  from garim.log_kept where action <> 'destroy-records' group by 1 order by 1`;

const STATE = `select (select coalesce(max(size), 0)::text from garim.log_sealer) as sealed,
  (select string_agg(month, ' ' order by month) from garim.log_destroyed) as destroyed`;

/**
 * Reads what a retention plan is made of.
 *
 * @param isCounting - whether pseudonyms are counted, which reads every record
 */
export async function readRetention(database: LogDatabase, isCounting: boolean): Promise<RetentionFacts> {
  const months: MonthFacts[] = [];
  for (const row of await queryTexts(database, MONTHS))
    months.push(await readMonth(database, row["month"] ?? "", isCounting));
  const [state] = await queryTexts(database, STATE);
  const history = await queryTexts(database, HISTORY);
  return {
    months,
    history: history.map((row) => ({ month: row["month"] ?? "", records: Number(row["records"]) })),
    holds: await readHolds(database),
    destroyed: state?.["destroyed"]?.split(" ") ?? [],
    sealed: Number(state?.["sealed"] ?? 0),
  };
}

/** Reads the facts of one month. */
export async function readMonth(
  database: LogDatabase,
  month: Month,
  isCounting: boolean,
): Promise<MonthFacts> {
  const span = [String(startOf(month)), String(startOf(monthAfter(month)))];
  const [row] = await queryTexts(database, MONTH, [...span, plainArray(KEPT_ACTIONS)]);
  const [counted] = isCounting ? await queryTexts(database, PSEUDONYMS, span) : [];
  const number = (value: string | null | undefined): number | null => (value == null ? null : Number(value));
  return {
    month,
    first: number(row?.["first"]),
    last: number(row?.["last"]),
    records: Number(row?.["records"] ?? 0),
    kept: Number(row?.["kept"] ?? 0),
    pseudonyms: number(counted?.["count"]),
    batch: number(row?.["batch"]),
  };
}
