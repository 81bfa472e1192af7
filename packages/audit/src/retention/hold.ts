import { type LogDatabase, queryTexts, type TextRow } from "../database.ts";
import { type Month, monthAfter, startOf } from "../keys/month.ts";

/** A legal hold: no month that it touches is destroyed before it is released. */
export interface LegalHold {
  /** A UUID. */
  readonly id: string;
  /** Records of this moment and later, UTC milliseconds by the database's clock. */
  readonly from: number;
  /** And before this one; `null` where there is no end. */
  readonly to: number | null;
  readonly reason: string;
  /** Who placed it. */
  readonly by: string;
  readonly placedAt: number;
  /** `null` while it holds. */
  readonly releasedAt: number | null;
}

const MS = (column: string): string => `floor(extract(epoch from ${column}) * 1000)::bigint::text`;

const HOLDS = `select id::text, ${MS("since")} as since, reason, placed_by, ${MS("placed_at")} as placed_at,
    case when until = 'infinity' then null else ${MS("nullif(until, 'infinity')")} end as until,
    ${MS("released_at")} as released_at
  from garim.log_hold order by placed_at, id`;

/** Every hold there is or was, oldest first. */
export async function readHolds(database: LogDatabase): Promise<readonly LegalHold[]> {
  return (await queryTexts(database, HOLDS)).map(readHold);
}

function readHold(row: TextRow): LegalHold {
  const moment = (name: string): number | null => (row[name] == null ? null : Number(row[name]));
  return {
    id: row["id"] ?? "",
    from: moment("since") ?? 0,
    to: moment("until"),
    reason: row["reason"] ?? "",
    by: row["placed_by"] ?? "",
    placedAt: moment("placed_at") ?? 0,
    releasedAt: moment("released_at"),
  };
}

/** Whether a hold that was not released touches a month. */
export function touches({ from, to, releasedAt }: LegalHold, month: Month): boolean {
  return releasedAt === null && from < startOf(monthAfter(month)) && (to === null || to > startOf(month));
}
