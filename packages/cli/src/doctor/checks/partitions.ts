import { type Check, defineCheck, type Judgement } from "../check.ts";
import { readTextRow } from "../read.ts";

const DAY_MS = 86_400_000;
const AHEAD_DAYS = 7;

interface PartitionFacts {
  /** Whether the log is in months; absent where there is no log. */
  readonly isPartitioned: boolean | undefined;
  readonly count: number;
  /** The end of the last month there is a partition for, exclusive, UTC milliseconds; absent without one. */
  readonly end: number | undefined;
  /** UTC milliseconds of the database. */
  readonly now: number;
}

/** Judges whether the month that comes has its partition. */
export function judgePartitions({ isPartitioned, count, end, now }: PartitionFacts): Judgement {
  if (isPartitioned === undefined) return { state: "skip", seen: "there is no access log" };
  if (!isPartitioned) return { state: "skip", seen: "this log is not kept in months" };
  const days = end === undefined ? 0 : Math.floor((end - now) / DAY_MS);
  const seen = `${count} months, ${days > 0 ? `ahead for ${days} days` : "none for today"}`;
  if (days >= AHEAD_DAYS) return { state: "ok", seen };
  return {
    state: "warn",
    seen,
    todo: "SELECT garim.cover(now()), garim.cover(now() + interval '1 month'); an application does it when it starts",
  };
}

export const partitionsCheck: Check = defineCheck({
  name: "partitions",
  why: "the first append of a month that has no partition makes it, and all others wait for it meanwhile",
  read: async ({ connection }) => {
    const row = await readTextRow(
      connection,
      `select (select (relkind = 'p')::text from pg_class where oid = to_regclass('garim.log_record')) as partitioned,
         count(*)::text as count,
         (extract(epoch from max((regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \\(''([^'']+)''\\)'))[1]::timestamptz))
           * 1000)::text as last,
         (extract(epoch from now()) * 1000)::text as moment
       from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where i.inhparent = to_regclass('garim.log_record')`,
    );
    const { partitioned, last } = row;
    return {
      isPartitioned: typeof partitioned === "string" ? partitioned === "true" : undefined,
      count: Number(row["count"]),
      end: typeof last === "string" ? Number(last) : undefined,
      now: Number(row["moment"]),
    };
  },
  judge: judgePartitions,
});
