import { randomUUID } from "node:crypto";
import { appendBatch } from "../src/commit/batch.ts";
import type { Access, LogDatabase } from "../src/index.ts";
import { emptyLog } from "./empty-log.ts";
import { samplePage } from "./sample.ts";
import { rowOf } from "./sealed-log.ts";

/** The month so many months before this one, in UTC, as `2026-11`. */
export function monthsAgo(count: number): string {
  const date = new Date();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - count);
  return date.toISOString().slice(0, 7);
}

/** A change of somebody's roles, which outlives its month. */
const ROLES: Partial<Access> = {
  action: "change-roles",
  outcome: "done",
  surface: null,
  target: { kind: "staff", id: "staff-18", sellerId: "seller-3" },
  detail: { before: "none", after: "shipper" },
};

/**
 * Makes a log of old months in place of any other: each has a batch of two views and a change of roles, and a batch of one view.
 * Nothing of it is sealed yet.
 */
export async function makeOldLog(database: LogDatabase, months: readonly string[]): Promise<void> {
  await emptyLog(database);
  for (const month of months) {
    const at = Date.parse(`${month}-15T00:00:00Z`);
    const accesses = [samplePage(1, { at }), samplePage(0, { at, ...ROLES }), samplePage(2, { at })];
    await appendAt(database, month, accesses);
    await appendAt(database, month, [samplePage(1, { at })]);
  }
}

/** Appends a batch as if it had been recorded in the middle of a month. */
export async function appendAt(
  database: LogDatabase,
  month: string,
  accesses: readonly Access[],
): Promise<number> {
  const first = await appendBatch(
    database,
    randomUUID(),
    accesses.map((access) => rowOf(access)),
    5_000,
  );
  const moment = `${month}-15T00:00:00Z`;
  await database.query("select garim.cover($1::text::timestamptz)", [moment]);
  for (const table of ["log_batch where first_seq", "log_record where seq"]) {
    const [name, column] = table.split(" where ");
    await database.query(
      `update garim.${name} set recorded_at = $1::text::timestamptz where ${column} >= $2::text::bigint`,
      [moment, String(first)],
    );
  }
  return first;
}
