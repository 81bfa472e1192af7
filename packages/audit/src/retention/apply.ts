import type { Detail, Receipt } from "../access.ts";
import { faultOf, type LogDatabase, queryTexts, sqlStateOf } from "../database.ts";
import { changeKeyFile } from "../keys/key-write.ts";
import { isMonth, type Month } from "../keys/month.ts";
import { encodeBase64 } from "../note/base64.ts";
import { findCheckpoint } from "../prove/find-checkpoint.ts";
import { type DestroyedPart, findDestruction } from "../tables/retention.ts";
import type { Destruction } from "./destruction.ts";
import { readMonth, readRetention } from "./facts.ts";
import { orRefuse, retentionRefused } from "./fault.ts";
import { type Forgotten, forgetKeys } from "./forget-keys.ts";
import { touches } from "./hold.ts";
import type { DestroyOptions } from "./options.ts";
import { waitUntilKept } from "./outside.ts";
import type { PlannedHistory, PlannedMonth, RetentionPlan } from "./plan.ts";
import { checkRight } from "./right.ts";

export interface ApplyParts {
  readonly database: LogDatabase;
  readonly clock: () => number;
  readonly record: (detail: Detail) => Promise<Receipt>;
  readonly plan: () => Promise<RetentionPlan>;
}

const PATIENCE_MS = 120_000;
const LOCK_TRIES = 5;
const DESTROY: Readonly<Record<DestroyedPart, string>> = {
  month: "select garim.destroy_month($1::text, $2::text::bigint, '2s')::text as records",
  history: "select garim.destroy_history($1::text, $2::text::bigint, '2s')::text as records",
};

/** Destroys what a plan lets go, oldest first. */
export async function applyPlan(parts: ApplyParts, options: DestroyOptions): Promise<readonly Destruction[]> {
  checkOptions(options);
  await checkRight(parts.database, "destroy_month(text,bigint,text)");
  const plan = await parts.plan();
  // What broke off after a drop is the key.
  await forgetFor(parts, options);
  const done: Destruction[] = [];
  const tell = (one: Destruction): void => {
    done.push(one);
    options.onDestroyed?.(one);
  };
  for (const month of chooseMonths(plan, options.month)) {
    const gone = await destroyMonth(month, parts, options);
    tell({ ...gone, keys: await forgetFor(parts, options) });
  }
  for (const history of plan.history)
    if (history.state === "destroy" && (options.month ?? history.month) === history.month)
      tell(await destroyHistory(history, parts, options));
  return done;
}

function checkOptions({ places, keys, month }: DestroyOptions): void {
  if (places.length === 0 || keys.length === 0)
    throw retentionRefused(
      "A month is destroyed only under a signed record that is kept outside the database; name a place and the public keys of the log",
    );
  if (month !== undefined && !isMonth(month)) throw retentionRefused("A month is written as 2026-11");
}

function chooseMonths(
  { months, destroyed }: RetentionPlan,
  only: Month | undefined,
): readonly PlannedMonth[] {
  if (only === undefined) return months.filter(({ state }) => state === "destroy");
  const month = months.find((one) => one.month === only);
  if (month?.state === "destroy") return [month];
  if (month === undefined && destroyed.includes(only)) return [];
  throw retentionRefused(month === undefined ? `The log has no month ${only}` : whyNot(month));
}

function whyNot({ month, state, mayGoFrom, heldBy }: PlannedMonth): string {
  if (state === "held")
    return `${month} is under a legal hold (${heldBy.join(", ")}); only its release ends it`;
  if (state === "unsealed")
    return `${month} has records under no signed checkpoint; let the log be sealed first`;
  return `Records of ${month} are kept until ${new Date(mayGoFrom).toISOString().slice(0, 10)} (notice-2026-9/8-1)`;
}

async function destroyMonth(
  { month }: PlannedMonth,
  parts: ApplyParts,
  options: DestroyOptions,
): Promise<Omit<Destruction, "keys">> {
  const { first, last, kept, records, batch } = await readMonth(parts.database, month, false);
  const detail = (): Promise<Detail> =>
    detailOf(parts.database, { month, first, last, records, kept, batch }, options);
  const record = await destroyPart("month", month, parts, { ...options, detail });
  return { part: "month", month, first, last, records, kept, record };
}

async function destroyHistory(
  { month, records }: PlannedHistory,
  parts: ApplyParts,
  options: DestroyOptions,
): Promise<Destruction> {
  const { reason } = options;
  const detail = (): Promise<Detail> => Promise.resolve({ history: month, records, reason });
  const record = await destroyPart("history", month, parts, { ...options, detail });
  return { part: "history", month, first: null, last: null, records, kept: 0, record, keys: null };
}

/** Record, copy outside, end: each step finds what an earlier run has done. @returns the place of the record */
async function destroyPart(
  part: DestroyedPart,
  month: Month,
  { database, record }: ApplyParts,
  { detail, ...options }: DestroyOptions & { readonly detail: () => Promise<Detail> },
): Promise<number> {
  const recorded = await findRecorded(database, part, month);
  if (recorded === undefined) await checkMayGo(database, part, month);
  const seq = recorded ?? (await record(await detail())).seq;
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

/** One that is on record already and broke off. */
async function findRecorded(
  database: LogDatabase,
  part: DestroyedPart,
  month: Month,
): Promise<number | undefined> {
  const [row] = await queryTexts(database, findDestruction(part), [month]);
  return row?.["seq"] == null ? undefined : Number(row["seq"]);
}

async function detailOf(
  database: LogDatabase,
  { first, last, batch, ...counts }: Omit<Awaited<ReturnType<typeof readMonth>>, "pseudonyms">,
  { reason }: DestroyOptions,
): Promise<Detail> {
  const checkpoint = await findCheckpoint(database, "first", batch ?? 0);
  return {
    ...counts,
    ...(first === null || last === null ? {} : { first, last }),
    ...(checkpoint === undefined
      ? {}
      : { size: checkpoint.checkpoint.size, root: encodeBase64(checkpoint.checkpoint.root) }),
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

async function forgetFor(
  { database, clock }: ApplyParts,
  { keyFile }: DestroyOptions,
): Promise<Forgotten | null> {
  if (keyFile === undefined) return null;
  const { months, holds, destroyed } = await readRetention(database, false);
  const upTo = destroyed.at(-1);
  if (upTo === undefined) return null;
  const left = months.map(({ month }) => month);
  const held = left.filter((month) => holds.some((hold) => touches(hold, month)));
  let forgotten: Forgotten | null = null;
  changeKeyFile(keyFile, (file) => {
    const done = forgetKeys(file, { upTo, left, held, now: clock() });
    forgotten = done.forgotten;
    return done.file;
  });
  return forgotten;
}
