import { readKeyFile } from "../keys/key-read.ts";
import { changeKeyFile } from "../keys/key-write.ts";
import { isMonth, type Month } from "../keys/month.ts";
import { type DestroyParts, destroyHistory, destroyMonth } from "./destroy.ts";
import type { Destruction } from "./destruction.ts";
import { readRetention } from "./facts.ts";
import { retentionRefused } from "./fault.ts";
import { type Forgotten, forgetKeys } from "./forget-keys.ts";
import { touches } from "./hold.ts";
import type { DestroyOptions } from "./options.ts";
import type { PlannedMonth, RetentionPlan } from "./plan.ts";
import { checkRight } from "./right.ts";

export interface ApplyParts extends DestroyParts {
  readonly clock: () => number;
  readonly plan: () => Promise<RetentionPlan>;
}

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
  const need = { upTo, left, held, now: clock() };
  const { forgotten } = forgetKeys(readKeyFile(keyFile).file, need);
  if (forgotten.months.length > 0) changeKeyFile(keyFile, (file) => forgetKeys(file, need).file);
  return forgotten;
}
