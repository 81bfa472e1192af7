import { type LogDatabase, queryTexts } from "../database.ts";
import type { Damage } from "./damage.ts";

/** What lies outside of every batch, by one look, which sees one state of the log. */
const OUTSIDE = `select h.size::text, h.batches::text,
    (select max(no)::text from garim.log_batch) as last_no,
    (select (first_seq + size - 1)::text from garim.log_batch order by no desc limit 1) as last_seq,
    (select count(*)::text from garim.log_batch where no < 1) as batches_before,
    (select min(seq)::text from garim.log_record where seq < 1) as first_before,
    (select count(*)::text from garim.log_record where seq < 1) as before,
    (select max(seq)::text from garim.log_record) as last_record
  from garim.log_head h`;

/** The counts of the log, as the database has them. */
export interface Counts {
  readonly batches: number;
  readonly records: number;
}

/** Looks at the head, and at records that belong to no batch. */
export async function checkOutside(
  database: LogDatabase,
): Promise<{ readonly counts: Counts; readonly damages: readonly Damage[] }> {
  const [row] = await queryTexts(database, OUTSIDE);
  const number = (name: string): number => Number(row?.[name] ?? 0);
  const damages: Damage[] = [];
  const last = number("last_seq");
  if (row === undefined) damages.push(tree(0, "log_head has no row"));
  if (number("size") !== last || number("batches") !== number("last_no"))
    damages.push(
      tree(
        Math.min(number("size"), last) + 1,
        `log_head counts ${number("size")} records in ${number("batches")} batches, log_batch ends at place ${last} with batch ${number("last_no")}`,
      ),
    );
  if (number("batches_before") > 0) damages.push(tree(0, "log_batch holds batches before the first"));
  if (number("before") > 0)
    damages.push({
      kind: "inserted",
      seq: number("first_before"),
      last: 0,
      what: `${number("before")} records stand before the first place, in no batch`,
    });
  if (number("last_record") > last)
    damages.push({
      kind: "inserted",
      seq: last + 1,
      last: number("last_record"),
      what: "records stand after the last batch, in no batch",
    });
  return { counts: { batches: number("last_no"), records: last }, damages };
}

function tree(seq: number, what: string): Damage {
  return { kind: "tree", seq, last: seq, what };
}

const KEPT_ALONE = `select k.seq::text as place from (
    select * from garim.log_kept except all select r.* from garim.log_record r where r.seq in (select seq from garim.log_kept)
  ) as k order by k.seq limit 1000`;

/**
 * Looks at records that are kept though their month is not destroyed, and are not those of the log.
 *
 * @param isCompared - whether a place is of a destroyed month, where they were compared
 */
export async function checkKept(
  database: LogDatabase,
  isCompared: (place: number) => boolean,
): Promise<readonly Damage[]> {
  const rows = await queryTexts(database, KEPT_ALONE);
  const places = rows.map((row) => Number(row["place"])).filter((place) => !isCompared(place));
  return places.map((seq) => ({
    kind: "inserted",
    seq,
    last: seq,
    what: "a record stands in log_kept that is not the log's, and its month was not destroyed on record",
  }));
}

/** Leaves of the batches of which records are kept, in hex, by the batch's number. */
export async function readKeptLeaves(
  database: LogDatabase,
  first: number,
  last: number,
): Promise<ReadonlyMap<number, string>> {
  const rows = await queryTexts(
    database,
    `select b.no::text, encode(b.leaves, 'hex') as leaves from garim.log_kept_batch b
      where b.no >= $1::text::bigint and b.no <= $2::text::bigint`,
    [`${first}`, `${last}`],
  );
  return new Map(rows.map((row) => [Number(row["no"]), row["leaves"] ?? ""]));
}

/** Whether the records that outlive their month have a table of their own. */
export async function hasKeptTable(database: LogDatabase): Promise<boolean> {
  const [row] = await queryTexts(database, "select to_regclass('garim.log_kept_batch')::text as name");
  return row?.["name"] != null;
}
