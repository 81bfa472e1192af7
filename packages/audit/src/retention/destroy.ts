import type { Detail, Receipt } from "../access.ts";
import { faultOf, type LogDatabase, queryTexts, sqlStateOf } from "../database.ts";
import type { Month } from "../keys/month.ts";
import { encodeBase64 } from "../note/base64.ts";
import { findCheckpoint } from "../prove/find-checkpoint.ts";
import type { DestroyedPart } from "../tables/retention.ts";
import type { Destruction } from "./destruction.ts";
import { type MonthFacts, readMonth } from "./facts.ts";
import { orRefuse } from "./fault.ts";
import { findRecorded } from "./on-record.ts";
import type { DestroyOptions } from "./options.ts";
import { waitUntilKept } from "./outside.ts";
import type { PlannedHistory, PlannedMonth } from "./plan.ts";

export interface DestroyParts {
  readonly database: LogDatabase;
  /** Puts a destruction on record. */
  readonly record: (detail: Detail) => Promise<Receipt>;
}

const PATIENCE_MS = 120_000;
const LOCK_TRIES = 5;
const DESTROY: Readonly<Record<DestroyedPart, string>> = {
  month: "select garim.destroy_month($1::text, $2::text::bigint, '2s')::text as records",
  history: "select garim.destroy_history($1::text, $2::text::bigint, '2s')::text as records",
};

/** Destroys a month; its key is the next step. */
export async function destroyMonth(
  { month }: PlannedMonth,
  parts: DestroyParts,
  options: DestroyOptions,
): Promise<Omit<Destruction, "keys">> {
  const { batch, pseudonyms: _, ...facts } = await readMonth(parts.database, month, false);
  const detail = await detailOf(parts.database, batch, options, facts);
  const record = await destroyPart("month", { ...facts, detail }, parts, options);
  return { part: "month", ...facts, record };
}

/** Destroys what outlived a month. */
export async function destroyHistory(
  { month, records }: PlannedHistory,
  parts: DestroyParts,
  options: DestroyOptions,
): Promise<Destruction> {
  const detail = { history: month, records, reason: options.reason };
  const record = await destroyPart("history", { month, detail }, parts, options);
  return { part: "history", month, first: null, last: null, records, kept: 0, record, keys: null };
}

/** Record, copy outside, end: each step finds what an earlier run has done. @returns the place of the record */
async function destroyPart(
  part: DestroyedPart,
  { month, detail }: { readonly month: Month; readonly detail: Detail },
  { database, record }: DestroyParts,
  options: DestroyOptions,
): Promise<number> {
  const recorded = await findRecorded(database, part, month, detail);
  if (recorded === undefined) await checkMayGo(database, part, month);
  const seq = recorded ?? (await record(detail)).seq;
  await waitUntilKept(seq, { database, patienceMs: PATIENCE_MS, ...options });
  await drop(database, DESTROY[part], [month, String(seq)]);
  return seq;
}

/** Where nothing but the record is missing it may be written; whatever else stands against it is said before. */
async function checkMayGo(database: LogDatabase, part: DestroyedPart, month: Month): Promise<void> {
  try {
    await drop(database, DESTROY[part], [month, "0"]);
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (sqlStateOf(cause) !== "GR006") throw error;
  }
}

async function detailOf(
  database: LogDatabase,
  batch: number | null,
  { reason }: DestroyOptions,
  { first, last, ...counts }: Omit<MonthFacts, "batch" | "pseudonyms">,
): Promise<Detail> {
  const checkpoint = (await findCheckpoint(database, "first", batch ?? 0))?.checkpoint;
  return {
    ...counts,
    ...(first === null || last === null ? {} : { first, last }),
    ...(checkpoint === undefined ? {} : { size: checkpoint.size, root: encodeBase64(checkpoint.root) }),
    reason,
  };
}

/** A long reader is waited for with pauses, in which appends go on. */
async function drop(database: LogDatabase, statement: string, values: string[]): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await orRefuse(() => queryTexts(database, statement, values));
      return;
    } catch (error) {
      const cause = error instanceof Error ? error.cause : undefined;
      if (faultOf(cause) !== "slow" || tries === LOCK_TRIES) throw error;
    }
  }
}
